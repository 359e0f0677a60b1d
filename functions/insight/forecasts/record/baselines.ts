import { DAYS_A_WEEK, type PurchaseDays } from '../known/summary.ts';

/** A plain forecast of each account's purchase days, to stand beside those of the models (DOMAIN.md §5). */
export interface Baseline {
  name: 'x-again' | 'last-interval' | 'mean-interval' | 'always-zero';
  /** One number an account; 0 for one that is not known yet. */
  forecast: Float64Array;
}

/** Of accounts as they were at the end of the day `until`, for the next `weeks`. */
export function baselinesOf(
  purchases: PurchaseDays,
  { until, weeks }: { until: number; weeks: number },
): Baseline[] {
  const horizon = weeks * DAYS_A_WEEK;
  const each = (forecast: (known: Int32Array) => number) => {
    const { days, starts } = purchases;
    return Float64Array.from({ length: starts.length - 1 }, (_, account) => {
      const known = days.subarray(starts[account], starts[account + 1]).filter((day) => day <= until);
      return known.length < 2 ? 0 : forecast(known);
    });
  };
  const dayAt = (known: Int32Array, index: number) => known.at(index) ?? 0;
  return [
    {
      name: 'x-again',
      forecast: each((known) => known.subarray(1).filter((day) => day > until - horizon).length),
    },
    { name: 'last-interval', forecast: each((known) => horizon / (dayAt(known, -1) - dayAt(known, -2))) },
    {
      name: 'mean-interval',
      forecast: each((known) => (horizon * (known.length - 1)) / (dayAt(known, -1) - dayAt(known, 0))),
    },
    { name: 'always-zero', forecast: each(() => 0) },
  ];
}
