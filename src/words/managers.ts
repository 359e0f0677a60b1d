import type { OwnCustomer } from '../../functions/desk/console/own-customers/list-own-customers.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import { formatsOf } from '../../functions/ground/formats/format.ts';
import type { FieldError } from '../../functions/ground/platform/errors.ts';
import type { ManyAssigned } from '../../functions/people/managers/assign-many.ts';
import type { Held } from '../../functions/people/managers/get-managed.ts';
import type { IdleReason } from '../../functions/people/managers/rules.ts';
import type { Messages, Speech } from '../locale.ts';
import { type FieldRule, type FormError, fieldErrors } from './field-errors.ts';
import { segmentName } from './segments.ts';

/** What is wrong with rules, at the choice that is wrong. */
export function ruleErrors(t: Messages, errors: readonly FieldError[]): FormError[] {
  const rules = errors.flatMap(({ path }) => {
    const [, at = '0', field = ''] = path.split('.');
    const label = t.managers_rules_number({ n: Number(at) + 1 });
    const isSegment = field === 'segmentId';
    const rule = isSegment ? t.managers_rule_segment() : t.managers_rule_member();
    return [[path, { field: `${isSegment ? 'segment' : 'manager'}-${at}`, label, rule }] as const];
  });
  return fieldErrors(t, errors, Object.fromEntries(rules));
}

export const idleWords = (t: Messages, reason: IdleReason): string => t[`managers_idle_${reason}`]();

/** What came of giving many. */
export function manyWords({ given, same, kept, left }: ManyAssigned, { t, locale }: Speech): string {
  const { number } = formatsOf(locale, 'UTC');
  const done = t.managers_many_done({ given: number(given), same: number(same), kept: number(kept) });
  return left === 0 ? done : `${done} · ${t.managers_many_left({ n: left, shown: number(left) })}`;
}

/** What waits at a customer, the most urgent first, and how urgent that is. */
export function waitingWords(
  t: Messages,
  item: OwnCustomer,
  { money, number }: Formats,
): { tone: string; lines: string[] } {
  const lines = [
    item.overdueCases > 0 && t.managed_overdue({ n: item.overdueCases, shown: number(item.overdueCases) }),
    item.openCases > item.overdueCases &&
      t.managed_cases({
        n: item.openCases - item.overdueCases,
        shown: number(item.openCases - item.overdueCases),
      }),
    item.tasksDue > 0 && t.managed_tasks({ n: item.tasksDue, shown: number(item.tasksDue) }),
    item.lateOrders > 0 && t.managed_late({ n: item.lateOrders, shown: number(item.lateOrders) }),
    item.unseen && t.managed_unseen({ amount: money(item.unseen) }),
    item.isQuiet && t.managed_quiet(),
  ].filter((line) => typeof line === 'string');
  const isUrgent = item.overdueCases + item.lateOrders > 0;
  return { tone: isUrgent ? 'bad' : lines.length > 0 ? 'moving' : 'good', lines };
}

/** What is wrong with when somebody is away. */
export const awayRules = (t: Messages): Record<string, FieldRule> => ({
  from: {
    field: 'from',
    label: t.away_from(),
    rule: t.form_rule_day(),
    byCode: { overlaps: t.away_rule_overlaps(), stands_in: t.away_rule_stands_in() },
  },
  until: {
    field: 'until',
    label: t.away_until(),
    rule: t.form_rule_day(),
    byCode: { before_from: t.away_rule_before(), past: t.away_rule_past(), too_long: t.away_rule_long() },
  },
  standIn: {
    field: 'stand_in',
    label: t.away_who(),
    rule: t.managers_rule_member(),
    byCode: { same: t.away_rule_same(), away: t.away_rule_away() },
  },
});

/** How somebody came to have an account. */
export function howWords(
  t: Messages,
  held: Held,
  segments: readonly { id: string; name: string | null }[],
): string {
  if (held.segmentId !== null) {
    const segment = segments.find(({ id }) => id === held.segmentId) ?? { id: held.segmentId, name: null };
    return t.managers_by_rule({ segment: segmentName(t, segment) });
  }
  return held.by === null ? t.managers_by_hand() : t.managers_by_hand_of({ name: held.by });
}

export const spanWords = (t: Messages, { since, until }: Held, { day }: Formats): string =>
  t.managers_span({ since: day(since), until: until === null ? '' : day(until) });
