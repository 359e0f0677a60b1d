import { formatsOf } from '../../functions/ground/formats/format.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { currencyExponent } from '../../functions/ground/platform/money.ts';
import { getFactsState } from '../../functions/insight/facts/get-facts-state.ts';
import { listSegments, type SegmentListed } from '../../functions/insight/segments/list-segments.ts';
import { loadFields } from '../../functions/insight/segments/load-world.ts';
import { getBusiness } from '../../functions/money/business/business.ts';
import type { Speech } from '../locale.ts';
import { type SegmentWords, segmentName } from '../words/segments.ts';

/** The segments there are, with what sentences about them are worded with. */
export interface SegmentsDesk {
  segments: SegmentListed[];
  words: SegmentWords;
  /** A hundred of the currency in minor units. */
  hundred: number;
  /** How many changes were not counted yet; null while counting has not begun. */
  behind: number | null;
}

export async function openSegmentsDesk(
  ctx: Context,
  { t, locale }: Speech,
  timeZone: string,
): Promise<SegmentsDesk> {
  const [segments, fields, { currency }, { behind }] = await Promise.all([
    listSegments(ctx),
    loadFields(ctx),
    getBusiness(ctx),
    getFactsState(ctx),
  ]);
  const called = new Map(segments.map((segment) => [segment.id, segmentName(t, segment)]));
  const words = { t, locale, formats: formatsOf(locale, timeZone), currency, fields, called };
  return { segments, words, behind, hundred: 100 * 10 ** (currencyExponent(currency ?? '') ?? 2) };
}
