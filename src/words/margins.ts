import type { MarginsReport, WrongMargin } from '../../functions/desk/console/margins/import-margins.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { FieldError } from '../../functions/ground/platform/errors.ts';
import type { AppliedMargin } from '../../functions/insight/margins/margins.ts';
import type { Messages } from '../locale.ts';
import type { TypedRow } from '../margins-form.ts';
import type { FormError } from './field-errors.ts';

const SHOWN = 12;

/** Which margin applies to what share of some spend, in a sentence. */
export function marginParts(
  t: Messages,
  formats: Formats,
  known: { parts: readonly AppliedMargin[]; spentMinor: bigint; others?: number },
  currency: string,
): string {
  const shown = known.parts.slice(0, SHOWN);
  const others = (known.others ?? 0) + known.parts.length - shown.length;
  const told = shown.map((part) => {
    const share = formats.percent(
      known.spentMinor > 0n ? Number((part.spentMinor * 10_000n) / known.spentMinor) : 0,
    );
    const spend = formats.money({ minor: part.spentMinor, currency });
    return part.bps === null
      ? t.margin_part_none({ spend, share })
      : t.margin_part({ what: marginName(t, part), percent: formats.percent(part.bps), spend, share });
  });
  const more = others > 0 ? [t.margin_parts_more({ n: formats.number(others) })] : [];
  return `${[...told, ...more].join('; ')}.`;
}

/** What a margin is told of. */
function marginName(t: Messages, { kind, name }: Pick<AppliedMargin, 'kind' | 'name'>): string {
  if (kind === 'category') return name === '' ? t.typical_no_category() : name;
  return kind === 'product' ? t.margin_of_product({ name }) : t.margin_of_rest();
}

/** What is wrong with the rows of a form, beside each. */
export function marginErrors(
  t: Messages,
  errors: readonly FieldError[],
  rows: readonly TypedRow[],
): FormError[] {
  return errors.map(({ path, code }) => {
    const [, at, part] = path.split('.');
    const row = rows[Number(at)];
    if (row === undefined) return { field: 'main', text: t.margins_too_many() };
    const { field, nameField, margin } = row;
    if (part === 'percent')
      return { field, text: t.margins_wrong_percent({ name: margin.name || t.margins_percent() }) };
    return {
      field: nameField,
      text: code === 'twice' ? t.margins_wrong_twice({ name: margin.name }) : t.margins_wrong_name(),
    };
  });
}

/** What a file did. */
export function reportWords(t: Messages, report: MarginsReport, { number }: Formats): string {
  const { set, removed, unchanged, rejected } = report;
  return t.margins_report({
    ...{ set: number(set), removed: number(removed), unchanged: number(unchanged) },
    wrong: number(rejected),
  });
}

const wrongRows: Record<WrongMargin, (t: Messages) => string> = {
  damaged: (t) => t.margins_row_damaged(),
  quotes: (t) => t.margins_row_quotes(),
  cells: (t) => t.margins_row_cells(),
  kind: (t) => t.margins_row_kind(),
  name: (t) => t.margins_row_name(),
  percent: (t) => t.margins_row_percent(),
  twice: (t) => t.margins_row_twice(),
};

/** Why a row of a file was left out. */
export const wrongRowWords = (
  t: Messages,
  { line, code }: MarginsReport['errors'][number],
  { number }: Formats,
): string => t.margins_row({ line: number(line), what: wrongRows[code](t) });
