import type { ContactPlan } from '../functions/care/plans/list-plans.ts';
import { type PlanInput, purposes } from '../functions/care/plans/schema.ts';
import { channels } from '../functions/ground/outbox/topics.ts';
import type { FieldError } from '../functions/ground/platform/errors.ts';
import { groups } from '../functions/insight/facts/group.ts';
import { levels } from '../functions/insight/levels/level-counts.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import { type FormError, fieldErrors } from './words/field-errors.ts';

const fieldsOfPlan = [
  'audience',
  'level',
  'channel',
  'purpose',
  'what',
  'interval',
  'most',
  'staff',
] as const;
/** What a form about a plan holds. */
export type PlanTyped = Record<(typeof fieldsOfPlan)[number], string>;

export function typedPlan(fields: ReadonlyMap<string, string>): PlanTyped {
  const value = (name: string) => fields.get(name) ?? '';
  return {
    ...{ audience: value('audience'), level: value('level'), channel: value('channel') },
    ...{ purpose: value('purpose'), what: value('what'), interval: value('interval') },
    ...{ most: value('most'), staff: value('staff') },
  };
}

/** The form of a plan as it is kept; null for a new one. */
export function keptPlan(plan: ContactPlan | null): PlanTyped {
  if (plan === null)
    return {
      ...{ audience: 'buyer', level: '', channel: 'phone', purpose: 'service', what: '' },
      ...{ interval: '90', most: '10', staff: '' },
    };
  const { audience, level, channel, purpose, what, intervalDays, mostPerDay, staffId } = plan;
  return {
    ...{ audience, level: level ?? '', channel, purpose, what, staff: staffId ?? '' },
    ...{ interval: String(intervalDays), most: String(mostPerDay) },
  };
}

/** What the operation is asked for; a number that is none is 0, which it refuses. */
export function planInputOf(id: string | null, typed: PlanTyped): PlanInput {
  const number = (text: string) => (/^\d{1,3}$/.test(text) ? Number(text) : 0);
  return {
    ...{ id, what: typed.what, staff: typed.staff || null },
    audience: oneOf(typed.audience, groups) ?? 'buyer',
    level: oneOf(typed.level, levels),
    channel: oneOf(typed.channel, channels) ?? 'phone',
    purpose: oneOf(typed.purpose, purposes) ?? 'service',
    ...{ intervalDays: number(typed.interval), mostPerDay: number(typed.most) },
  };
}

/** What is wrong, at its field. */
export function planErrors(t: Messages, errors: readonly FieldError[]): FormError[] {
  return fieldErrors(t, errors, {
    what: { field: 'what', label: t.plans_what(), rule: t.plans_rule_what() },
    intervalDays: { field: 'interval', label: t.plans_interval(), rule: t.plans_rule_interval() },
    mostPerDay: { field: 'most', label: t.plans_most(), rule: t.plans_rule_most() },
    purpose: { field: 'purpose', label: t.plans_purpose(), rule: t.plans_rule_choice() },
    staff: { field: 'staff', label: t.plans_by(), rule: t.plans_rule_staff() },
  });
}
