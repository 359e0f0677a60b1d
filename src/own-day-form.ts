import { addOwnDay, endOwnDay, type OwnDay } from '../functions/care/occasions/days.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { attempt } from './attempt.ts';
import type { Speech } from './locale.ts';
import { type FormError, fieldErrors } from './words/field-errors.ts';
import { dayOfYearWords } from './words/joining.ts';

/** Does what a form about somebody's own days asks for; what is wrong with it, empty when it is done. */
export async function postOwnDay(
  ctx: Context,
  { t }: Pick<Speech, 't'>,
  { customerId, fields }: { customerId: string; fields: ReadonlyMap<string, string> },
): Promise<FormError[]> {
  const value = (name: string) => fields.get(name) ?? '';
  const year = value('own_year');
  const work =
    value('do') === 'own-day-end'
      ? endOwnDay(ctx, { customerId, id: value('id') })
      : addOwnDay(ctx, {
          ...{ customerId, name: value('own_name'), day: `${value('own_month')}-${value('own_day')}` },
          year: year === '' ? null : /^\d{4}$/.test(year) ? Number(year) : 0,
        });
  const done = await attempt(work, { validation_failed: null });
  if (done.ok) return [];
  const many = { too_many: t.own_days_rule_many() };
  return fieldErrors(t, done.errors, {
    name: { field: 'own_name', label: t.own_days_name(), rule: t.own_days_rule_name(), byCode: many },
    day: { field: 'own_day', label: t.joining_day(), rule: t.own_days_rule_day() },
    year: { field: 'own_year', label: t.own_days_year(), rule: t.own_days_rule_year() },
  });
}

/** When it comes round, and since when. */
export function ownDayWords({ day, year }: Pick<OwnDay, 'day' | 'year'>, { t, locale }: Speech): string {
  const text = dayOfYearWords(day, locale);
  return year === null ? text : t.own_days_since({ day: text, year: String(year) });
}
