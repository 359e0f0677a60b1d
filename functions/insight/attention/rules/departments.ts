import { dayNumber } from '../../../ground/platform/calendar.ts';
import type { AttentionReason } from '../reasons.ts';
import {
  type AskedDay,
  HABIT_DAYS_LEAST,
  type KnownDepartment,
  silentDays,
  type WatchedAccount,
} from './known.ts';

/** When a department is dormant while its company is not. */
const dormancy = { timesMean: 3, silentLeast: 60, companyDays: 60 } as const;

/** A department that bought before and not within three of its intervals, while the company buys. */
export function departmentReasons(
  department: KnownDepartment,
  { lastOn }: Pick<WatchedAccount, 'lastOn'>,
  { today }: AskedDay,
): AttentionReason[] {
  if (department.purchaseDays < HABIT_DAYS_LEAST) return [];
  const silent = silentDays(department.lastOn, today);
  const span = dayNumber(department.lastOn) - dayNumber(department.firstOn);
  const meanDays = Math.round(span / (department.purchaseDays - 1));
  if (silent <= Math.max(dormancy.silentLeast, dormancy.timesMean * meanDays)) return [];
  if (silentDays(lastOn, today) > dormancy.companyDays) return [];
  return [
    { code: 'department_silent', silentDays: silent, meanDays },
    { code: 'company_buys', lastOn },
  ];
}
