import { addDays, startOfDay } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type AccountMargins, knownMarginOf } from './margins.ts';
import { mayReadMargins } from './may-read-margins.ts';
import { findMarginsMark, readApplied } from './read-applied.ts';

/**
 * What is left of what some root accounts spent, by the margins of today; the days are the first and the last of the 365. With
 * `isYearAlone` nothing earlier is read, and `toDate` is that of the year. Null while the business has told no margin, and for
 * whom margins do not concern: {@link mayReadMargins}.
 */
export async function findMargins(
  ctx: Pick<Context, 'actor' | 'db'>,
  asked: {
    ids: string;
    currency: string;
    timeZone: string;
    since: string;
    until: string;
    isYearAlone?: boolean;
  },
): Promise<((accountId: string) => AccountMargins) | null> {
  if (!mayReadMargins(ctx.actor)) return null;
  if (!(await findMarginsMark(ctx.db)).isTold) return null;
  const { ids, currency, timeZone, isYearAlone = false } = asked;
  const from = startOfDay(asked.since, timeZone);
  const to = startOfDay(addDays(asked.until, 1), timeZone);
  const since = isYearAlone ? from : Number.MIN_SAFE_INTEGER;
  const found = await readApplied(ctx.db, { ids, currency, since, from, to });
  return (accountId) => {
    const { all = [], within = [] } = found.get(accountId) ?? {};
    const year = knownMarginOf(within);
    return { toDate: isYearAlone ? year : knownMarginOf(all), year };
  };
}
