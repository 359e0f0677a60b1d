import type { FieldError } from '../functions/ground/platform/errors.ts';
import { type MappedColumn, mappedColumns } from '../functions/reach/imports/column-map.ts';
import { iso } from '../functions/reach/imports/guess/date-forms.ts';
import type { GuessedMap } from '../functions/reach/imports/guess/finding.ts';
import type { FileLook } from '../functions/reach/imports/runs/file-look.ts';
import type { ImportRun } from '../functions/reach/imports/runs/run.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import { type FieldRule, type FormError, fieldErrors } from './words/field-errors.ts';
import { columnWords } from './words/imports.ts';

/** What the form about the columns of a file shows. */
export interface MapForm {
  /** Which of our columns each header holds, by the header's place. */
  columns: readonly (MappedColumn | null)[];
  decimalComma: boolean;
  /** `ISO` for our own. */
  dateFormat: string;
  timeZone: string;
  currency: string;
  source: string;
  orderOnFirstRow: boolean;
  taxInside: boolean;
}

interface Known {
  timeZone: string;
  currency: string | null;
}

/** As it was sent, else as the file is read now, else as it was guessed. */
export function readMapForm(run: ImportRun, look: FileLook, known: Known): MapForm {
  const map = baseOf(run, look);
  const held = new Map<string, MappedColumn>();
  for (const column of mappedColumns)
    for (const header of [map.columns[column] ?? []].flat()) held.set(header.toLowerCase(), column);
  const text = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);
  const { defaults } = map;
  const told = typeof defaults === 'object' && defaults !== null ? Reflect.get(defaults, 'currency') : null;
  return {
    columns: look.headers.map((header) => held.get(header.toLowerCase()) ?? null),
    decimalComma: map.decimalComma === true,
    dateFormat: text(map.dateFormat, iso),
    timeZone: text(map.timeZone, known.timeZone),
    currency: run.currency ?? text(told, known.currency ?? ''),
    source: text(map.source, 'till'),
    orderOnFirstRow: map.orderOnFirstRow === true,
    taxInside: map.taxInside === true,
  };
}

/** The form as it was sent. */
export function sentMapForm(fields: ReadonlyMap<string, string>, look: FileLook): MapForm {
  const value = (name: string) => fields.get(name) ?? '';
  return {
    columns: look.headers.map((_, place) => oneOf(value(`column-${place}`), mappedColumns)),
    decimalComma: value('decimal') === 'comma',
    dateFormat: value('dateFormat') || iso,
    timeZone: value('timeZone'),
    currency: value('currency').toUpperCase(),
    source: value('source'),
    orderOnFirstRow: value('orderOnFirstRow') === 'yes',
    taxInside: value('taxInside') === 'yes',
  };
}

/** The map that a form means; what the form does not show stays as it was. */
export function toMap(
  form: MapForm,
  { run, look, timeZone }: { run: ImportRun; look: FileLook; timeZone: string },
): GuessedMap {
  const columns: GuessedMap['columns'] = {};
  for (const [place, column] of form.columns.entries()) {
    const header = look.headers[place];
    if (column === null || header === undefined) continue;
    const before = columns[column];
    columns[column] = before === undefined ? header : [...[before].flat(), header];
  }
  const { columns: _, dateFormat: __, timeZone: ___, defaults, ...rest } = baseOf(run, look);
  const hasCurrency = columns.currency !== undefined || form.currency === '';
  return {
    ...rest,
    columns,
    decimalComma: form.decimalComma,
    orderOnFirstRow: form.orderOnFirstRow,
    taxInside: form.taxInside,
    defaults: {
      ...(typeof defaults === 'object' ? defaults : {}),
      ...(hasCurrency ? {} : { currency: form.currency }),
    },
    ...(form.source === '' ? {} : { source: form.source }),
    ...(form.dateFormat === iso ? {} : { dateFormat: form.dateFormat }),
    ...(form.timeZone === '' || form.timeZone === timeZone ? {} : { timeZone: form.timeZone }),
  };
}

function baseOf({ map }: ImportRun, { guess }: FileLook): GuessedMap {
  if (map !== null) return { ...map, columns: { ...map.columns } };
  return guess ?? { columns: {} };
}

/** What is wrong with the form, beside the fields that mend it; a column that nobody chose is told at the first of them. */
export function mapErrors(t: Messages, errors: readonly FieldError[], look: FileLook | null): FormError[] {
  const at = look === null ? 'main' : 'column-0';
  const rules: Record<string, FieldRule> = {
    dateFormat: { field: 'dateFormat', label: t.imports_dates(), rule: t.imports_dates_rule() },
    timeZone: { field: 'timeZone', label: t.imports_zone(), rule: t.imports_zone_rule() },
    currency: { field: 'currency', label: t.imports_currency(), rule: t.imports_currency_rule() },
    'defaults.currency': { field: 'currency', label: t.imports_currency(), rule: t.imports_currency_rule() },
    source: { field: 'source', label: t.imports_source(), rule: t.form_rule_length({ max: 200 }) },
  };
  const missing = mappedColumns.filter((column) => errors.some(({ path }) => path === `columns.${column}`));
  const others = errors.filter(({ path }) => !path.startsWith('columns.'));
  const named = missing.map((column) =>
    t.form_rule({ field: columnWords(t, column), rule: t.imports_missing() }),
  );
  return [
    ...(named.length === 0 ? [] : [{ field: at, text: named.join(' ') }]),
    ...(others.length === 0 ? [] : fieldErrors(t, others, rules)),
  ];
}
