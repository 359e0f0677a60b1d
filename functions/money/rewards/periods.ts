import { addMonths, dateText, monthOf, startOfNextMonth, yearOf } from '../../ground/platform/calendar.ts';
import type { CompiledProgramme, CompiledRule, CompiledVersion } from './compile.ts';
import type { Period, PeriodKind } from './types.ts';

/** A rule version together with the period of it that a day belongs to. */
export interface Governing {
  version: CompiledVersion;
  period: Period;
}

/**
 * The period of a kind that contains a day. `anchor` is the account's joining day for `membership-year` and the
 * version's first day for `lifetime`; the calendar kinds ignore it.
 */
export function periodOf(kind: PeriodKind, day: string, anchor: string): Period {
  const year = yearOf(day);
  const month = monthOf(day);
  switch (kind) {
    case 'month':
      return { start: dateText(year, month, 1), end: startOfNextMonth(day) };
    case 'quarter': {
      const start = dateText(year, month - ((month - 1) % 3), 1);
      return { start, end: addMonths(start, 3) };
    }
    case 'year':
      return { start: dateText(year, 1, 1), end: dateText(year + 1, 1, 1) };
    case 'membership-year':
      return membershipYear(day, anchor);
    case 'lifetime':
      return { start: anchor, end: null };
  }
}

/**
 * The version of a rule that a day's orders count for; null when none does (`outside_dates`). A version governs the
 * periods that begin on or after its first day; only one that follows no running version begins with part of a
 * period. Until the first whole period of a newer version begins, the older one goes on.
 */
export function governingVersion(
  programme: CompiledProgramme,
  at: { ruleId: string; day: string; joiningDay: string },
): Governing | null {
  const rule = programme.ruleById.get(at.ruleId);
  return rule === undefined ? null : governing(rule, at.day, at.joiningDay);
}

/** As `governingVersion`, for a rule already at hand. */
export function governing(rule: CompiledRule, day: string, joiningDay: string): Governing | null {
  if (rule.followsMembership) return findGoverning(rule, day, joiningDay);
  const known = rule.byDay.get(day);
  if (known !== undefined) return known;
  const found = findGoverning(rule, day, joiningDay);
  rule.byDay.set(day, found);
  return found;
}

function findGoverning(rule: CompiledRule, day: string, joiningDay: string): Governing | null {
  for (const version of rule.newestFirst) {
    if (day < version.from || (version.until !== null && day >= version.until)) continue;
    const { period: kind } = version.rule;
    const period = periodOf(kind, day, kind === 'lifetime' ? version.from : joiningDay);
    if (version.startsMidPeriod || version.from <= period.start) return { version, period };
  }
  return null;
}

function membershipYear(day: string, joiningDay: string): Period {
  const years = yearOf(day) - yearOf(joiningDay);
  const anniversary = addMonths(joiningDay, years * 12);
  return anniversary <= day
    ? { start: anniversary, end: addMonths(joiningDay, (years + 1) * 12) }
    : { start: addMonths(joiningDay, (years - 1) * 12), end: anniversary };
}
