import { dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { addMonths, startOfNextMonth } from '../../ground/platform/calendar.ts';
import { periodOf } from './periods.ts';
import type { Rule } from './types.ts';

/**
 * When a lot of this rule, dated `datedAt`, ends; null when never. After `n` months it ends with that month:
 * 12 months from 6 July 2020 is the first instant of 1 August 2021 in business time.
 */
export function expiryOf(
  rule: Pick<Rule, 'expires' | 'period'>,
  datedAt: number,
  account: { timeZone: string; joiningDay: string },
): number | null {
  if (rule.expires === 'never') return null;
  const day = dayOf(datedAt, account.timeZone);
  if (rule.expires !== 'period-end') {
    const month = addMonths(`${day.slice(0, 7)}-01`, rule.expires.months);
    return startOfDay(startOfNextMonth(month), account.timeZone);
  }
  const { end } = periodOf(rule.period, day, account.joiningDay);
  return end === null ? null : startOfDay(end, account.timeZone);
}
