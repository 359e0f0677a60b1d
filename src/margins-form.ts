import type { MarginKind } from '../functions/insight/margins/margins.ts';

/** A margin as a form tells it; `percent` is null where it is told no longer. */
export interface TypedMargin {
  kind: MarginKind;
  name: string;
  percent: string | null;
}

/** The same with the fields that told it; the name of a row that was there before is no field. */
export interface TypedRow {
  margin: TypedMargin;
  field: string;
  nameField: string;
}

/** A row of a form: its field, what it is of, and the text in it before. */
export interface MarginRow {
  field: string;
  name: string;
  was: string;
}

/** The rows of a form as it was sent: since its page was read the list may have become another one. */
export function rowsSent(fields: ReadonlyMap<string, string>, letter: 'c' | 'p'): MarginRow[] {
  return [...fields.keys()].flatMap((key) => {
    const [, field] = /^([cp]\d+)\.was$/.exec(key) ?? [];
    if (field === undefined || !field.startsWith(letter)) return [];
    return [{ field, name: fields.get(`${field}.name`) ?? '', was: fields.get(key) ?? '' }];
  });
}

/**
 * What was changed in the rows of a form, which name themselves in `FIELD.name` and `FIELD.was`, so that nothing is taken back
 * that somebody else told meanwhile; and a new one, where there is any.
 */
export function marginsIn(
  fields: ReadonlyMap<string, string>,
  kind: Exclude<MarginKind, 'rest'>,
): TypedRow[] {
  const rows = [...fields.keys()].flatMap((key) =>
    key.endsWith('.was') ? [key.slice(0, -'.was'.length)] : [],
  );
  const changed = rows.flatMap((field): TypedRow[] => {
    const [name = '', was, typed = ''] = [`${field}.name`, `${field}.was`, field].map(
      (key) => fields.get(key) ?? '',
    );
    if (typed === was) return [];
    const margin = { kind: field === 'rest' ? 'rest' : kind, name, percent: typed || null } as const;
    return [{ margin, field, nameField: field }];
  });
  const nameField = `new-${kind}`;
  const field = `${nameField}-percent`;
  const [name, percent] = [fields.get(nameField) ?? '', fields.get(field) ?? ''];
  return name === '' && percent === ''
    ? changed
    : [...changed, { margin: { kind, name, percent }, field, nameField }];
}
