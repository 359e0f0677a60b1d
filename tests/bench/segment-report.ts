import type { Line } from './report.ts';
import type { SegmentCounted, SegmentRows } from './segments.ts';

const RATIO_MOST = 1.3;
const GROWTH_MOST = 1.15;
const LIVE_MS_MOST = 300;

/** Segments beside their SQL by hand, how both grew, and the slowest of the starting set. */
export function segmentLines(
  { small, large }: { small: SegmentRows; large: SegmentRows },
  sizes: { small: number; large: number },
): Line[] {
  const count = new Intl.NumberFormat('en');
  const of = `${count.format(sizes.small)} and ${count.format(sizes.large)} orders`;
  const compared = large.questions.flatMap((row) => {
    const before = small.questions.find(({ name }) => name === row.name);
    return before === undefined ? [] : besideHand(`segment: ${row.name}`, of, before, row);
  });
  return [...compared, startingLine(of, small.starting, large.starting)];
}

const told = (before: number, after: number) => `${before.toFixed(1)} · ${after.toFixed(1)} ms`;

function besideHand(what: string, of: string, small: SegmentCounted, large: SegmentCounted): Line[] {
  const [before, after] = [small.byHand_ms ?? 0, large.byHand_ms ?? 0];
  const ratio = large.ours_ms / after;
  const [ours, byHand] = [large.ours_ms / small.ours_ms, after / before];
  return [
    {
      what: `${what}, ${of}`,
      ours: told(small.ours_ms, large.ours_ms),
      ceiling: told(before, after),
      ratio,
      wanted: `≤ ${RATIO_MOST}`,
      isMet: ratio <= RATIO_MOST,
      latency: `p95 ${told(small.ours_p95_ms, large.ours_p95_ms)}`,
      cpu: 'times with the larger database',
    },
    {
      what: `growth: ${what}`,
      ours: `× ${ours.toFixed(1)}`,
      ceiling: `× ${byHand.toFixed(1)}`,
      ratio: ours / byHand,
      wanted: `≤ ${GROWTH_MOST}`,
      isMet: ours / byHand <= GROWTH_MOST,
      latency: '',
      cpu: '',
    },
  ];
}

function startingLine(of: string, small: readonly SegmentCounted[], large: readonly SegmentCounted[]): Line {
  const slowest = (rows: readonly SegmentCounted[]) =>
    rows.reduce((most, row) => (row.ours_p95_ms > most.ours_p95_ms ? row : most));
  const [before, after] = [slowest(small), slowest(large)];
  return {
    what: `segments to begin with, the slowest of ${large.length} live counts, ${of}`,
    ours: told(before.ours_p95_ms, after.ours_p95_ms),
    ceiling: '',
    ratio: after.ours_p95_ms / before.ours_p95_ms,
    wanted: `≤ ${LIVE_MS_MOST} ms`,
    isMet: after.ours_p95_ms <= LIVE_MS_MOST,
    latency: `p95; slowest is ${after.name}`,
    cpu: 'ours / ceiling is the growth',
  };
}
