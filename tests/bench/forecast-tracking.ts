import type { FittedModel } from '../../functions/insight/forecasts/fits/fit-counts.ts';
import {
  countBetween,
  DAYS_A_WEEK,
  type PurchaseDays,
} from '../../functions/insight/forecasts/known/summary.ts';
import { emptyCounts, meanOf } from '../../functions/insight/forecasts/models/counts.ts';
import { calibrationUntil, holdoutUntil } from '../insight/forecasts/cdnow.ts';

/** All repeat purchase days so far against what a model expects of accounts by their first days alone, week by week. */
export function trackingOf(
  purchases: PurchaseDays,
  { model, values }: FittedModel,
): { atEnd: number; mape: number } {
  const firsts = new Map<number, number>();
  for (const start of purchases.starts.subarray(0, -1)) {
    const day = purchases.days[start] ?? 0;
    firsts.set(day, (firsts.get(day) ?? 0) + 1);
  }
  const counts = emptyCounts();
  const expectedBy = (day: number) =>
    [...firsts].reduce((sum, [first, accounts]) => {
      model.countChances(counts, { x: 0, tx: 0, T: 0 }, values, (day - first) / DAYS_A_WEEK);
      return sum + accounts * meanOf(counts);
    }, 0);
  const actualBy = (day: number) =>
    countBetween(purchases, 0, day).reduce((sum, count) => sum + Math.max(0, count - 1), 0);
  const errors: number[] = [];
  for (let day = calibrationUntil + DAYS_A_WEEK; day <= holdoutUntil; day += DAYS_A_WEEK)
    errors.push(expectedBy(day) / actualBy(day) - 1);
  return {
    atEnd: errors.at(-1) ?? 0,
    mape: errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length,
  };
}
