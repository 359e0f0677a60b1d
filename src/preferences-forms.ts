import { addressForms } from '../functions/ground/identity/address-form.ts';
import { dayOf } from '../functions/ground/platform/business-time.ts';
import { addDays } from '../functions/ground/platform/calendar.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { getBusiness } from '../functions/money/business/business.ts';
import { getPreferences, type SubjectWish } from '../functions/people/preferences/get-preferences.ts';
import { formats, weekCount } from '../functions/people/preferences/schema.ts';
import { type PreferencesChange, setPreferences } from '../functions/people/preferences/set-preferences.ts';
import { switched } from '../functions/people/preferences/switched.ts';
import { attempt } from './attempt.ts';
import { oneOf } from './forms.ts';
import type { Speech } from './locale.ts';
import { type FormError, fieldErrors } from './words/field-errors.ts';
import { pauses, wishField } from './words/preferences.ts';

/** The field in which a form carries what it showed. */
export const SHOWN_FIELD = 'shown';

/** What was chosen in a field, where that differs from what the form showed; null where it was left as it was. */
export function changedIn(form: Map<string, string> | null, name: string): string | null {
  const chosen = form?.get(name) ?? null;
  return chosen === shownIn(form, name) ? null : chosen;
}

/** What a form showed in a field when it was opened. */
export function shownIn(form: Map<string, string> | null, name: string): string | null {
  return new URLSearchParams(form?.get(SHOWN_FIELD) ?? '').get(name);
}

/**
 * Saves what was changed of what the form showed: what was said elsewhere while it lay open holds. Returns what is wrong with it.
 */
export async function savePreferences(
  ctx: Context,
  { t, languages, locale }: Speech,
  {
    customerId,
    form,
    source,
  }: { customerId: string; form: Map<string, string>; source?: 'mail' | 'settings' },
): Promise<FormError[]> {
  const [{ wishes, general }, { timeZone }] = await Promise.all([
    getPreferences(ctx, { customerId }),
    getBusiness(ctx),
  ]);
  const today = dayOf(ctx.now(), timeZone);
  const text = (name: string) => changedIn(form, name);
  const language = languages.find((one) => one === text('language'));
  const tone = oneOf(text('tone'), addressForms);
  const format = oneOf(text('format'), formats);
  const offers = oneOf(text('offers'), ['yes', 'no'] as const);
  const change: PreferencesChange = {
    customerId,
    ...(source === undefined ? {} : { source, shownIn: locale }),
    wishes: wishes.flatMap((wish) => readWish(wish, text(wishField(wish)), today)),
    ...readPause(text('pausedUntil'), general.pausedUntil, today),
    ...readWeek(text('weekMax')),
    ...(format === null ? {} : { format }),
    ...(offers === null ? {} : { offers: offers === 'yes' }),
    ...(language === undefined ? {} : { language }),
    ...(tone === null ? {} : { tone }),
    basis: form.get('basis') ?? null,
  };
  const saved = await attempt(setPreferences(ctx, change), { validation_failed: null });
  if (saved.ok) return [];
  return fieldErrors(t, saved.errors, {
    pausedUntil: { field: 'pausedUntil', label: t.prefs_pause_label(), rule: t.prefs_pause_rule() },
    basis: { field: 'basis', label: t.prefs_basis(), rule: t.prefs_basis_rule() },
  });
}

type Wish = NonNullable<PreferencesChange['wishes']>[number];

function readWish(wish: SubjectWish, chosen: string | null, today: string): Wish[] {
  const { topic, channel } = wish;
  const subject = { topic, channel, isOn: true, monthMax: null, pausedUntil: null };
  const [, count] = /^at-most-(\d{1,2})$/.exec(chosen ?? '') ?? [];
  if (count !== undefined) return [{ ...subject, monthMax: Number(count) }];
  switch (chosen) {
    case 'on':
      return [subject];
    case 'off':
      return wish.isOn ? [switched(wish, { isOn: false, today })] : [];
    case 'month':
    case 'season':
      return [{ ...subject, monthMax: wish.monthMax, pausedUntil: addDays(today, pauses[chosen]) }];
    default:
      return [];
  }
}

/** Nothing chosen is as usual for the business; none at all is a choice, too. */
function readWeek(chosen: string | null): { weekMax?: number | null } {
  if (chosen === '') return { weekMax: null };
  const count = /^\d{1,2}$/.test(chosen ?? '') ? weekCount.safeParse(Number(chosen)) : null;
  return count?.success ? { weekMax: count.data } : {};
}

/** An empty field ends a pause that runs; one that is over is left as it is. */
function readPause(
  typed: string | null,
  kept: string | null,
  today: string,
): { pausedUntil?: string | null } {
  if (typed === null) return {};
  if (typed !== '') return typed === kept ? {} : { pausedUntil: typed };
  return kept !== null && kept > today ? { pausedUntil: null } : {};
}
