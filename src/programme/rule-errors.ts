import type { FieldError } from '../../functions/ground/platform/errors.ts';
import type { Speech } from '../locale.ts';
import { type FieldRule, type FormError, fieldErrors } from '../words/field-errors.ts';
import { labelIn } from '../words/languages.ts';
import { filledRows, type RuleForm } from './rule-form.ts';

/** What is wrong with the form of a rule, from what is wrong with the file that it stands in at a place. */
export function ruleErrors(
  speech: Speech,
  errors: readonly FieldError[],
  { at, form, fields }: { at: number; form: RuleForm; fields: ReadonlyMap<string, string> },
): FormError[] {
  const own = errors.flatMap(({ path, ...error }) => {
    const [, place, ...rest] = path.split('.');
    return place === String(at) ? [{ ...error, path: rest.join('.') }] : [];
  });
  return fieldErrors(speech.t, own, {
    ...schemeRules(speech, form, fields),
    ...restRules(speech),
  });
}

function schemeRules(
  { t }: Speech,
  form: RuleForm,
  fields: ReadonlyMap<string, string>,
): Record<string, FieldRule> {
  const amount = t.form_rule_amount();
  if (form === 'every')
    return {
      spend: { field: 'spend', label: t.setup_rule_spend(), rule: amount },
      back: { field: 'back', label: t.setup_rule_back(), rule: amount },
    };
  const isSteps = form === 'steps';
  const list = isSteps ? 'targets' : 'bands';
  const first = {
    label: isSteps ? t.setup_rule_spend() : t.setup_rule_from(),
    rule: isSteps ? t.setup_rule_rising() : amount,
    byCode: { duplicate: t.setup_rule_rising() },
  };
  const second = isSteps
    ? { label: t.setup_rule_back(), rule: amount }
    : {
        label: t.setup_rule_percent(),
        rule: t.setup_rule_percent_rule(),
        byCode: { falls: t.programme_percent_falls() },
      };
  const rows = filledRows(fields).flatMap(({ at }, index): [string, FieldRule][] => [
    [`${list}.${index}`, { field: `first_${at}`, ...first }],
    [`${list}.${index}.${isSteps ? 'back' : 'percent'}`, { field: `second_${at}`, ...second }],
  ]);
  return { [list]: { field: 'first_0', label: first.label, rule: amount }, ...Object.fromEntries(rows) };
}

function restRules(speech: Speech): Record<string, FieldRule> {
  const { t, languages } = speech;
  const [own] = languages;
  const whole = (field: string, label: string, [from, to]: [number, number]): FieldRule => ({
    field,
    label,
    rule: t.form_rule_number({ from, to }),
  });
  const names = languages.map((language): [string, FieldRule] => [
    `name.${language}`,
    {
      field: `name_${language}`,
      label: labelIn(speech, t.programme_name(), language),
      rule: t.form_rule_text({ max: 120 }),
    },
  ]);
  const lines = t.programme_exclude_rule();
  return {
    name: { field: `name_${own}`, label: t.programme_name(), rule: t.form_rule_language() },
    ...Object.fromEntries(names),
    from: { field: 'from', label: t.programme_from(), rule: t.form_rule_day() },
    'counts.excludeCategories': { field: 'categories', label: t.programme_exclude_categories(), rule: lines },
    'counts.excludeSkus': { field: 'skus', label: t.programme_exclude_skus(), rule: lines },
    settleAfterDays: whole('settle', t.programme_settle(), [0, 365]),
    expires: whole('expires_months', t.programme_expires_count(), [1, 120]),
    pays: whole('voucher_months', t.programme_voucher_months(), [1, 120]),
    'pays.voucher.minimum': {
      field: 'voucher_minimum',
      label: t.programme_voucher_minimum(),
      rule: t.form_rule_amount(),
    },
  };
}
