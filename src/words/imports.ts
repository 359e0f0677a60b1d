import type { Formats } from '../../functions/ground/formats/format.ts';
import type { MappedColumn } from '../../functions/reach/imports/column-map.ts';
import type { ColumnLook } from '../../functions/reach/imports/runs/file-look.ts';
import type { ImportRunSummary } from '../../functions/reach/imports/runs/list-import-runs.ts';
import type { ImportKind, RunProgress } from '../../functions/reach/imports/runs/run.ts';
import type { RunReport } from '../../functions/reach/imports/runs/run-report.ts';
import type { Messages } from '../locale.ts';

/** What a column of ours is called. */
export const columnWords = (t: Messages, column: MappedColumn): string => t[`imports_column_${column}`]();

export const kindWords = (t: Messages, kind: ImportKind): string => t[`imports_kind_${kind}`]();

export const runStateWords = (t: Messages, state: ImportRunSummary['state']): string =>
  t[`imports_state_${state}`]();

/** The sign beside a state. */
export function runStateSign(state: ImportRunSummary['state']): string {
  if (state === 'done') return 'good';
  if (state === 'failed' || state === 'interrupted') return 'bad';
  if (state === 'checked') return 'warn';
  if (state === 'undone' || state === 'cancelled') return 'back';
  return 'moving';
}

/** Lines of a report: what, how many. */
export function reportLines(
  t: Messages,
  { kind, report, currency }: { kind: ImportKind; report: RunReport; currency: string | null },
  { number, signedMoney }: Formats,
): { label: string; value: string }[] {
  const line = (label: string, count: number) => ({ label, value: number(count) });
  const { rewards } = report;
  return [
    line(t[`imports_${kind}_created`](), report.created),
    line(t.imports_updated(), report.updated),
    line(t.imports_unchanged(), report.unchanged),
    line(t.imports_rejected(), report.rejected),
    ...(kind === 'customers' || kind === 'managers'
      ? []
      : [line(t.imports_customers_created(), report.newCustomers)]),
    ...(rewards === null || currency === null
      ? []
      : [
          {
            label: t.imports_earned(),
            value: signedMoney({ minor: BigInt(rewards.earned), currency }),
          },
        ]),
    line(t.imports_rows_total(), report.rows),
  ];
}

/** One line about a report, for lists. */
export function reportSummary(t: Messages, kind: ImportKind, report: RunReport, { number }: Formats): string {
  const parts: [string, number][] = [
    [t[`imports_${kind}_created`](), report.created],
    [t.imports_updated(), report.updated],
    [t.imports_unchanged(), report.unchanged],
    [t.imports_rejected(), report.rejected],
  ];
  const told = parts.filter(([, count]) => count > 0).map(([label, count]) => `${label}: ${number(count)}`);
  return told.length === 0 ? t.imports_nothing_new() : told.join(' · ');
}

/** How far the work is, how quick, and how long it still takes. */
export function progressWords(
  t: Messages,
  locale: string,
  { phase, rows, of, perSecond, left_s }: RunProgress,
  { number }: Formats,
): string {
  const shown = number(rows);
  const counted = (count: number) => t.imports_rows({ count, shown: number(count) });
  const far =
    phase === 'undo'
      ? t.imports_accounts({ shown })
      : of === null
        ? counted(rows)
        : t.imports_rows_of({ rows: shown, of: number(of) });
  return [
    far,
    ...(perSecond === null ? [] : [t.imports_rate({ rate: number(perSecond) })]),
    ...(left_s === null ? [] : [t.imports_left({ time: duration(locale, left_s) })]),
  ].join(' · ');
}

function duration(locale: string, seconds: number): string {
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : [Math.round(seconds / 60), 'minute'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** Why a column was taken for one of ours. */
export function whyWords(t: Messages, column: MappedColumn, look: ColumnLook, { number }: Formats): string {
  const of = (cells: number) => ({ cells: number(cells), filled: number(look.filled) });
  if (column === 'customer_email' && look.emails > 0) return t.imports_why_email(of(look.emails));
  if (column === 'currency' && look.currencies > 0) return t.imports_why_currency(of(look.currencies));
  const [best] = look.dates;
  if (column === 'placed_at' || column === 'delivered_at' || column === 'promised_by')
    return best === undefined ? t.imports_why_header() : t.imports_why_date(of(best.cells));
  if (amounts.has(column) && look.amounts > 0) return t.imports_why_amount(of(look.amounts));
  return t.imports_why_header();
}

const amounts = new Set<MappedColumn>([
  ...([
    'line_total',
    'unit_price',
    'quantity',
    'line_discount',
    'refunded_total',
    'shipping',
    'tax',
  ] as const),
  ...(['tax_included', 'line_tax', 'order_total', 'order_subtotal', 'order_discount'] as const),
  'order_refunded',
]);
