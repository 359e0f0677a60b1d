import { returnFileMonths } from '../functions/care/returns/policies.ts';
import {
  type ReturnTerms,
  returnLevels,
  returnOutcomes,
  returnTerms,
  wrongTerms,
} from '../functions/care/returns/terms.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { setPolicies } from '../functions/money/business/policies.ts';
import { attempt } from './attempt.ts';
import type { Messages, Speech } from './locale.ts';
import { type FieldRule, type FormError, fieldErrors } from './words/field-errors.ts';
import { keptWords } from './words/kept.ts';
import { labelIn } from './words/languages.ts';

/** How many lines the form has beyond those that are kept. */
const MORE_LINES = 2;

/** The lines of the form: those of the terms, and some that are empty. */
export const ruleLines = ({ rules }: ReturnTerms) => rules.length + MORE_LINES;

/** For how long pictures and labels may be kept. */
export const keptChoices = (t: Messages) => {
  const { form } = returnFileMonths;
  const choices = form?.kind === 'choice' ? form.choices : [];
  return choices.map((value) => ({ value, text: keptWords(value, t) }));
};

interface Posted {
  form: FormData;
  /** How many lines of rules the form has. */
  lines: number;
}

/** Sets the terms that a form says; else all that is wrong, each at its field. */
export async function saveTerms(ctx: Context, speech: Speech, { form, lines }: Posted): Promise<FormError[]> {
  const typed = Array.from({ length: lines }, (_, index) => ruleIn(form, index)).filter(isTold);
  const terms = { ...termsIn(form, speech), rules: typed.map(({ rule }) => rule) };
  const rules = rulesOf(speech, typed);
  const wrong = wrongTerms(terms);
  if (wrong.length > 0) return fieldErrors(speech.t, wrong, rules);
  const months = text(form, returnFileMonths.key);
  const setting = setPolicies(ctx, [
    [returnTerms.key, JSON.stringify(terms)],
    ...(months === '' ? [] : [[returnFileMonths.key, months] as const]),
  ]);
  const done = await attempt(setting, { validation_failed: null });
  return done.ok ? [] : fieldErrors(speech.t, done.errors, rules);
}

const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim();

/** Null where nothing stands, which is never; what is no number is refused as such. */
function daysIn(form: FormData, name: string): number | null {
  const typed = text(form, name);
  return typed === '' ? null : Number(typed);
}

/** A line of the form by its number. */
function ruleIn(form: FormData, index: number) {
  const categories = text(form, `categories-${index}`)
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const levels = returnLevels.filter((level) => form.getAll(`levels-${index}`).includes(level));
  return { index, rule: { categories, levels, days: daysIn(form, `days-${index}`) } };
}

const isTold = ({ rule: { categories, levels, days } }: ReturnType<typeof ruleIn>) =>
  categories.length > 0 || levels.length > 0 || days !== null;

function termsIn(form: FormData, { languages }: Speech) {
  const how = languages.map((language) => [language, text(form, `how-${language}`)] as const);
  return {
    days: daysIn(form, 'days'),
    outcomes: returnOutcomes.filter((outcome) => form.getAll('outcomes').includes(outcome)),
    creditBonus: text(form, 'creditBonus').replace(',', '.') || '0',
    vouchers: text(form, 'vouchers') === 'lost' ? 'lost' : 'credit',
    much: Number(text(form, 'much') || '4'),
    how: Object.fromEntries(how.filter(([, told]) => told !== '')),
  };
}

/** What each field takes; those of the lines by the numbers that they have in the form. */
function rulesOf(speech: Speech, typed: readonly { index: number }[]): Record<string, FieldRule> {
  const { t, languages } = speech;
  const days = t.form_rule_number({ from: 0, to: 3650 });
  const lineOf = (index: number, label: string) => `${t.returns_terms_rule({ n: index + 1 })}, ${label}`;
  return {
    days: { field: 'days', label: t.returns_terms_days(), rule: days },
    outcomes: {
      field: 'outcomes',
      label: t.returns_terms_outcomes(),
      rule: t.returns_terms_wrong_outcomes(),
    },
    creditBonus: {
      field: 'creditBonus',
      label: t.returns_terms_bonus(),
      rule: t.returns_terms_wrong_bonus(),
    },
    much: { field: 'much', label: t.returns_terms_much(), rule: t.form_rule_number({ from: 1, to: 1000 }) },
    [returnFileMonths.key]: {
      ...{ field: returnFileMonths.key, label: t.returns_terms_files() },
      rule: t.returns_terms_wrong_files(),
    },
    ...Object.fromEntries(
      languages.map((language): [string, FieldRule] => [
        `how.${language}`,
        {
          ...{ field: `how-${language}`, label: labelIn(speech, t.returns_how(), language) },
          rule: t.form_rule_length({ max: 1000 }),
        },
      ]),
    ),
    ...Object.fromEntries(
      typed.flatMap(({ index }, place): [string, FieldRule][] => [
        [
          `rules.${place}`,
          {
            ...{ field: `categories-${index}`, label: lineOf(index, t.returns_terms_categories()) },
            rule: t.returns_terms_wrong_categories(),
          },
        ],
        [
          `rules.${place}.days`,
          { field: `days-${index}`, label: lineOf(index, t.returns_terms_days()), rule: days },
        ],
      ]),
    ),
  };
}
