import type { Locale } from '../../functions/ground/identity/languages.ts';
import type { FieldError } from '../../functions/ground/platform/errors.ts';
import type { Messages, Speech } from '../locale.ts';
import { labelIn } from './languages.ts';

/** A field of a form: its id, its label, and what it takes; `byCode` where a field can break several rules. */
export interface FieldRule {
  field: string;
  label: string;
  rule: string;
  byCode?: Readonly<Record<string, string>>;
}

/** What is wrong with one field, as the summary and the field itself say it. */
export interface FormError {
  field: string;
  text: string;
}

/**
 * All that is wrong with a form, once for each field: the field's label and the rule it breaks. `rules` are found by the
 * longest beginning of the input's path, such as `texts` for `texts.en.title`; what has none is told about the whole form.
 */
export function fieldErrors(
  t: Messages,
  errors: readonly FieldError[],
  rules: Readonly<Record<string, FieldRule>>,
): FormError[] {
  const texts = new Map<string, string>();
  for (const { path, code } of errors) {
    const found = ruleOf(path, rules);
    const field = found?.field ?? 'main';
    const text = found && t.form_rule({ field: found.label, rule: found.byCode?.[code] ?? found.rule });
    if (!texts.has(field)) texts.set(field, text ?? t.form_again());
  }
  return [...texts].map(([field, text]) => ({ field, text }));
}

function ruleOf(path: string, rules: Readonly<Record<string, FieldRule>>): FieldRule | null {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const key = parts.slice(0, length).join('.');
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule !== undefined) return rule;
  }
  return null;
}

/** What a field says is wrong with it. */
export const wrongIn =
  (errors: readonly FormError[]) =>
  (field: string): string | undefined =>
    errors.find((error) => error.field === field)?.text;

/** The same for a page that may have lost fields meanwhile, such as a request that somebody else decided: they are told as one. */
export function onPage(
  t: Messages,
  errors: readonly FormError[],
  isShown: (field: string) => boolean,
): FormError[] {
  const found = errors.filter(({ field }) => field === 'main' || isShown(field));
  return found.length === errors.length ? found : [...found, { field: 'main', text: t.form_again() }];
}

/** The rules of `TextFields.astro`. */
export function textRules(speech: Speech): Record<string, FieldRule> {
  const { t, languages } = speech;
  const [own] = languages;
  const title = (language: Locale) => labelIn(speech, t.club_desk_text_title(), language);
  const each = languages.flatMap((language): [string, FieldRule][] => [
    [
      `texts.${language}`,
      { field: `title_${language}`, label: title(language), rule: t.form_rule_length({ max: 200 }) },
    ],
    [
      `texts.${language}.body`,
      {
        field: `body_${language}`,
        label: labelIn(speech, t.club_desk_text_body(), language),
        rule: t.form_rule_length({ max: 4000 }),
      },
    ],
  ]);
  return {
    texts: { field: `title_${own}`, label: title(own), rule: t.form_rule_language() },
    ...Object.fromEntries(each),
  };
}
