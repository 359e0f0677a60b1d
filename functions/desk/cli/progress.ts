import type { Io } from './io.ts';

/** Shows how far a long command is: a bar at a terminal, else a line now and then; nothing with `--quiet`. */
export interface ProgressLine {
  /** `of` is null while the end is not known. */
  show: (label: string, done: number, of: number | null) => void;
  /** Takes the bar away. */
  end: () => void;
}

const BAR_EVERY_MS = 100;
const LINE_EVERY_MS = 3000;
const BAR_WIDTH = 24;

export function openProgress(
  io: Io,
  unit: string,
  now: () => number = () => performance.now(),
): ProgressLine {
  if (io.isQuiet) return { show: () => undefined, end: () => undefined };
  const pace = io.terminal === null ? LINE_EVERY_MS : BAR_EVERY_MS;
  let stage = { label: '', since: now(), from: 0 };
  let shownAt = now();
  let isBarShown = false;
  return {
    show: (label, done, of) => {
      if (label !== stage.label) stage = { label, since: now(), from: 0 };
      if (now() - shownAt < pace) return;
      shownAt = now();
      const text = progressText({ label, unit, done, of, elapsed_ms: now() - stage.since });
      if (io.terminal === null) io.note(text);
      else {
        isBarShown = true;
        const line = of === null ? text : `${bar(done / Math.max(of, 1))} ${text}`;
        process.stderr.write(`\r${line.slice(0, io.terminal.columns - 1)}\x1b[K`);
      }
    },
    end: () => {
      if (isBarShown) process.stderr.write('\r\x1b[K');
    },
  };
}

/** Such as `Writing: 12,000 of 69,659 rows, 17% · 5,120/s · 11 s left`. */
export function progressText(at: {
  label: string;
  unit: string;
  done: number;
  of: number | null;
  elapsed_ms: number;
}): string {
  const rate = at.elapsed_ms > 0 ? (at.done / at.elapsed_ms) * 1000 : 0;
  const speed = `${whole(rate)}/s`;
  if (at.of === null) return `${at.label}: ${whole(at.done)} ${at.unit} · ${speed}`;
  const percent = Math.floor((100 * at.done) / Math.max(at.of, 1));
  const left = rate > 0 ? ` · ${timeText((at.of - at.done) / rate)} left` : '';
  return `${at.label}: ${whole(at.done)} of ${whole(at.of)} ${at.unit}, ${percent}% · ${speed}${left}`;
}

const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const whole = (value: number) => numbers.format(value);

function timeText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`;
}

function bar(part: number): string {
  const filled = Math.round(Math.min(part, 1) * BAR_WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
}
