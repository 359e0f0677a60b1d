import type { Opinion, OpinionChange } from '../../functions/insight/opinions/opinion.ts';
import type { Messages } from '../locale.ts';

/** A figure of a scale with two decimals, its minus a real one. */
export function figureOf(locale: string): (value: number) => string {
  const decimal = new Intl.NumberFormat(locale, {
    maximumFractionDigits: 2,
    minimumFractionDigits: 2,
    signDisplay: 'negative',
  });
  return (value) => decimal.format(value).replace('-', '\u2212');
}

/** The interval of a figure, or that it cannot be told yet. */
export function rangeWords(t: Messages, told: Opinion | null, say: (value: number) => string): string {
  if (told === null) return '–';
  const { interval } = told;
  return interval === null ? t.opinions_cannot_tell() : `${say(interval.from)} … ${say(interval.to)}`;
}

/** How contacts changed since they were asked before, and whether that is more than noise. */
export function changeWords(
  t: Messages,
  change: OpinionChange | null,
  say: (value: number) => string,
): string {
  if (change === null) return '–';
  const moved = `${change.mean > 0 ? '+' : ''}${say(change.mean)}`;
  if (change.isBeyondNoise === null) return `${moved} (${t.opinions_cannot_tell()})`;
  if (!change.isBeyondNoise) return `${moved} (${t.opinions_noise()})`;
  return `${moved} (${change.mean > 0 ? t.opinions_rose() : t.opinions_fell()})`;
}

/** `2026-Q1` as a reader says it. */
export function quarterWords(t: Messages, quarter: string): string {
  const [year = '', number = ''] = quarter.split('-Q');
  return t.opinions_quarter({ number, year });
}
