import { existsSync, readFileSync } from 'node:fs';
import { dayNumber } from '../../../functions/ground/platform/calendar.ts';
import { type PurchaseDays, packDays } from '../../../functions/insight/forecasts/known/summary.ts';
import { repository } from '../../support/process.ts';

const folder = `${repository}../shared/data/cdnow`;

/** Why tests on the record shop's purchases are left out; empty where its files are at hand. */
export const cdnowMissing = existsSync(`${folder}/orders.csv`)
  ? ''
  : ' (skipped: there is no ../shared/data/cdnow/orders.csv)';

/** Weeks 1 to 39 are known, weeks 40 to 78 are to be forecast. */
export const calibrationUntil = dayNumber('1997-09-30');
export const holdoutUntil = dayNumber('1998-06-30');
export const horizonWeeks = 39;

export interface Cdnow {
  purchases: PurchaseDays;
  /** What each account spent in cents on each of its purchase days, in the order of `purchases.days`. */
  cents: Float64Array;
}

/** The purchase days of the record shop CDNOW: all 23,570 customers, or the sample of 2,357. */
export function readCdnow(which: 'sample' | 'whole'): Cdnow {
  const wanted = new Set(linesOf('sample.csv'));
  const spent = new Map<string, Map<number, number>>();
  for (const line of linesOf('orders.csv')) {
    const [, day = '', email = '', , , , total = ''] = line.split(',');
    if (which === 'sample' && !wanted.has(email)) continue;
    const days = spent.get(email) ?? new Map<number, number>();
    spent.set(email, days);
    const number = dayNumber(day);
    days.set(number, (days.get(number) ?? 0) + Math.round(Number(total) * 100));
  }
  const lists = [...spent.values()].map((days) => [...days].sort(([a], [b]) => a - b));
  return {
    purchases: packDays(lists.map((list) => list.map(([day]) => day))),
    cents: Float64Array.from(lists.flatMap((list) => list.map(([, cents]) => cents))),
  };
}

function linesOf(name: string): string[] {
  return readFileSync(`${folder}/${name}`, 'utf8').trim().split('\n').slice(1);
}

/** Repeat purchase days up to a day, and the mean that was spent on them. */
export function spendingOf({ purchases, cents }: Cdnow, until: number, unit = 1) {
  const x: number[] = [];
  const mean: number[] = [];
  for (let account = 0; account + 1 < purchases.starts.length; account += 1) {
    let [count, sum] = [0, 0];
    for (let i = (purchases.starts[account] ?? 0) + 1; i < (purchases.starts[account + 1] ?? 0); i += 1) {
      if ((purchases.days[i] ?? 0) > until) continue;
      count += 1;
      sum += cents[i] ?? 0;
    }
    x.push(count);
    mean.push(count === 0 ? 0 : sum / count / unit);
  }
  return { x: Float64Array.from(x), mean: Float64Array.from(mean) };
}
