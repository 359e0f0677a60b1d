import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Locale } from '../../functions/ground/identity/languages.ts';
import type { OwnField, OwnFieldKind } from '../../functions/people/own-fields/own-field.ts';
import type { Messages } from '../locale.ts';
import type { FieldRule } from './field-errors.ts';

/** What a field is called to a reader: in another language where there is no name in theirs, else its key. */
export function ownFieldName({ names, key }: OwnField, locale: Locale): string {
  return names[locale] ?? Object.values(names)[0] ?? key;
}

export function ownKindWords(kind: OwnFieldKind, t: Messages): string {
  return kindWords[kind](t);
}

const kindWords: Record<OwnFieldKind, (t: Messages) => string> = {
  text: (t) => t.own_kind_text(),
  number: (t) => t.own_kind_number(),
  day: (t) => t.own_kind_day(),
  choice: (t) => t.own_kind_choice(),
  yes_no: (t) => t.own_kind_yes_no(),
};

/** A kept value as people read it. */
export function ownValueWords(
  { kind }: OwnField,
  value: string,
  { t, formats }: { t: Messages; formats: Formats },
): string {
  if (kind === 'yes_no') return value === 'yes' ? t.own_yes() : t.own_no();
  if (kind === 'day') return formats.dayOf({ at: Date.parse(`${value}T00:00:00Z`), day: value });
  return kind === 'number' ? formats.number(Number(value)) : value;
}

/** The rules of `OwnInputs.astro`. */
export function ownValueRules(
  fields: readonly OwnField[],
  { t, locale }: { t: Messages; locale: Locale },
): Record<string, FieldRule> {
  const rules: Record<OwnFieldKind, string> = {
    text: t.own_rule_text(),
    number: t.own_rule_number(),
    day: t.own_rule_day(),
    choice: t.own_rule_choice(),
    yes_no: t.own_rule_choice(),
  };
  return Object.fromEntries(
    fields.map((field) => [
      `values.${field.key}`,
      { field: `own_${field.key}`, label: ownFieldName(field, locale), rule: rules[field.kind] },
    ]),
  );
}

/** What a form with `OwnInputs.astro` says, by key. */
export function ownValuesOf(
  fields: readonly OwnField[],
  form: ReadonlyMap<string, string>,
): Record<string, string> {
  const told = fields.flatMap(({ key }) => {
    const value = form.get(`own_${key}`);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(told);
}
