import { returnFileMonths } from '../functions/care/returns/policies.ts';
import {
  type ReturnTerms,
  readTerms,
  returnLevels,
  returnOutcomes,
  returnTerms,
} from '../functions/care/returns/terms.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { setPolicies } from '../functions/money/business/policies.ts';
import { attempt } from './attempt.ts';
import type { Messages } from './locale.ts';
import type { FormError } from './words/field-errors.ts';
import { keptWords } from './words/kept.ts';

/** How many lines the form has beyond those that are kept. */
const MORE_LINES = 2;

/** The lines of the form: those of the terms, and some that are empty. */
export const ruleLines = ({ rules }: ReturnTerms) => Math.max(rules.length, 0) + MORE_LINES;

/** For how long pictures and labels may be kept. */
export const keptChoices = (t: Messages) => {
  const { form } = returnFileMonths;
  const choices = form?.kind === 'choice' ? form.choices : [];
  return choices.map((value) => ({ value, text: keptWords(value, t) }));
};

/** Sets the terms that a form says. */
export async function saveTerms(
  ctx: Context,
  t: Messages,
  about: { form: FormData; lines: number; languages: readonly string[] },
): Promise<FormError[]> {
  const text = JSON.stringify(termsOf(about));
  if (readTerms(text) === null) return [{ field: wrongField(about), text: t.returns_terms_wrong() }];
  const months = String(about.form.get(returnFileMonths.key) ?? '');
  const setting = setPolicies(ctx, [
    [returnTerms.key, text],
    ...(months === '' ? [] : [[returnFileMonths.key, months] as const]),
  ]);
  const done = await attempt(setting, { validation_failed: t.returns_terms_wrong() });
  return done.ok ? [] : [{ field: 'days', text: done.reason }];
}

function wrongField({ form }: { form: FormData }): string {
  if (Number.isNaN(daysOf(form, 'days'))) return 'days';
  return form.getAll('outcomes').length === 0 ? 'outcomes' : 'creditBonus';
}

function termsOf({
  form,
  lines,
  languages,
}: {
  form: FormData;
  lines: number;
  languages: readonly string[];
}) {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const rules = Array.from({ length: lines }, (_, index) => {
    const categories = text(`categories-${index}`)
      .split(';')
      .map((one) => one.trim())
      .filter((one) => one !== '');
    const levels = returnLevels.filter((level) => form.getAll(`levels-${index}`).includes(level));
    return { categories, levels, days: daysOf(form, `days-${index}`) };
  }).filter(({ categories, levels }) => categories.length > 0 || levels.length > 0);
  const how = languages.map((language) => [language, text(`how-${language}`)] as const);
  return {
    days: daysOf(form, 'days'),
    outcomes: returnOutcomes.filter((outcome) => form.getAll('outcomes').includes(outcome)),
    creditBonus: text('creditBonus').replace(',', '.') || '0',
    vouchers: text('vouchers') === 'lost' ? 'lost' : 'credit',
    much: Number(text('much') || '4'),
    rules,
    how: Object.fromEntries(how.filter(([, told]) => told !== '')),
  };
}

/** Null where nothing stands, which is never. */
function daysOf(form: FormData, name: string): number | null {
  const typed = String(form.get(name) ?? '').trim();
  return typed === '' ? null : Number(typed);
}
