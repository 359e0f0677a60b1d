import type { Amount } from '../../../ground/platform/money.ts';
import type { LevelBusiness } from '../standing.ts';
import type { Names } from '../texts.ts';
import type { LevelStanding } from './standing-of.ts';
import { levelTermsOf } from './terms.ts';
import type { LevelTerms } from './windows.ts';

/** A member's level as pages tell it: why they have it, until when, and what keeps it. */
export interface LevelView {
  names: Names;
  terms: LevelTerms;
  because: { year: number | null; spend: Amount } | null;
  /** The last day on which it is held, whatever is bought; null where it is never lost. */
  heldThrough: string | null;
  keep: { missing: Amount; by: string; graceThrough: string | null; fallsTo: Names } | null;
}

/** Null while there are no levels. */
export function toLevelView(standing: LevelStanding, business: LevelBusiness): LevelView | null {
  const { level, because, heldThrough, keep } = standing;
  if (level === null) return null;
  const amount = (minor: bigint): Amount => ({ minor, currency: business.currency ?? '' });
  return {
    names: level.names,
    terms: levelTermsOf(business),
    because: because === null ? null : { year: because.year, spend: amount(because.spendMinor) },
    heldThrough,
    keep:
      keep === null
        ? null
        : {
            missing: amount(keep.missingMinor),
            by: keep.by,
            graceThrough: keep.graceThrough,
            fallsTo: keep.fallsTo.names,
          },
  };
}
