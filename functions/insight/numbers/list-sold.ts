import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findSegmentNumbers, type SegmentNumbers } from './kept-segments.ts';
import { type ModelMargin, modelMarginOf } from './model-margin.ts';

/** What all accounts bought to date by category, the most first, and what is left of it, as it was counted last. */
export interface SoldToDate {
  categories: SegmentNumbers['sold'];
  /** Null while no margin was told when it was counted. */
  margin: ModelMargin | null;
  /** Null before it was first counted. */
  at: number | null;
  currency: string | null;
}

/** For who may read margins. @throws {AppError} `forbidden`, `scope_missing` */
export async function listSold(ctx: Context): Promise<SoldToDate> {
  allow(ctx.actor, 'settings:read');
  const { currency } = await getBusiness(ctx);
  const kept = currency === null ? null : await findSegmentNumbers(ctx.db, currency);
  if (kept === null) return { categories: [], margin: null, at: null, currency };
  return {
    categories: kept.numbers.sold,
    margin: modelMarginOf(kept.numbers.whole),
    ...{ at: kept.at, currency },
  };
}
