import { marginAhead } from '../margins/margins.ts';
import type { KeptMargin, KeptProfile } from './kept-segments.ts';
import type { Estimated } from './value-model.ts';

/** What is left of what a typical account of some spends, as of what all of them spent to date. */
export interface ModelMargin {
  /** Of ten thousand of the spend with a known margin; null where there is none. */
  bps: number | null;
  /** Of ten thousand of all their spend, how much has a known margin. */
  knownBps: number;
  /** Null where less than half of the spend has a known margin, or the figure itself is not told. */
  year: Estimated<bigint> | null;
  expected: Estimated<bigint> | null;
  lifetime: Estimated<bigint> | null;
  known: KeptMargin;
}

/** Null while no margin is told. */
export function modelMarginOf({ value, margin }: Pick<KeptProfile, 'value' | 'margin'>): ModelMargin | null {
  if (margin === null || margin.spentMinor <= 0n) return null;
  const { minor, ofMinor, spentMinor } = margin;
  const left = (of: Estimated<bigint> | null) => {
    const ahead = of && { expectedMinor: of.expected, lowMinor: of.low, highMinor: of.high };
    const found = marginAhead(ahead, margin);
    return found && { expected: found.expectedMinor, low: found.lowMinor, high: found.highMinor };
  };
  return {
    bps: ofMinor > 0n ? Number((minor * 10_000n) / ofMinor) : null,
    knownBps: Number((ofMinor * 10_000n) / spentMinor),
    year: left(value.yearSpendMinor),
    expected: left(value.expected?.minor ?? null),
    lifetime: left(value.lifetime?.minor ?? null),
    known: margin,
  };
}
