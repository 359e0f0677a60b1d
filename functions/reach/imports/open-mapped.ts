import { instantOfLocal, parseInstantOrDate } from '../../ground/platform/business-time.ts';
import { currencyExponent } from '../../ground/platform/money.ts';
import type { ColumnMap, MappedColumn } from './column-map.ts';
import { columns, type TextColumn, type TillRow } from './columns.ts';
import { readDate } from './date-format.ts';
import { multiply, roundDecimal } from './decimals.ts';
import { isMinus, plainAmount, withoutSign } from './printed-amount.ts';
import { refusedFile } from './refused-file.ts';
import { type Header, openTable, type Till } from './till.ts';

/**
 * Reads a file by a map.
 * @throws AppError when the map names headers that the file does not have
 */
export function openMapped(header: Header, map: ColumnMap): Till {
  const absent = Object.values(map.columns)
    .flat()
    .filter((name) => header.find([name]) === null);
  if (absent.length > 0) {
    throw refusedFile('headers_absent', { absent: absent.join(', '), found: header.names.join(', ') });
  }
  const { first, joined, extras } = placesOf(map);
  let hasSmallLetters = false;
  const till = openTable<string>(header, {
    format: { name: map.source ?? 'csv', title: 'file read by a map' },
    columns: first,
    extras,
    isOrderOnFirstRow: map.orderOnFirstRow,
    finish(row, extra) {
      for (const { column, names } of joined) {
        row[column] = [row[column], ...names.map(extra)].filter((part) => part.trim() !== '').join(' ');
      }
      hasSmallLetters ||= /[a-z]/.test(row.currency);
      finishRow(row, map);
    },
  });
  const notes = () => (hasSmallLetters ? ['Currencies in small letters were read as capitals.'] : []);
  return { ...till, several: map.several, notes };
}

/** A column joined of several headers is read from its first; the others stand beside as extras under their own names. */
function placesOf(map: ColumnMap) {
  const first: Partial<Record<TextColumn, readonly string[]>> = {};
  const joined: { column: MappedColumn; names: string[] }[] = [];
  const extras: Record<string, readonly string[]> = {};
  for (const [column, told] of entriesOf(map.columns)) {
    const [name = '', ...names] = [told].flat();
    first[column] = [name];
    if (names.length > 0) joined.push({ column, names });
    for (const one of names) extras[one] = [one];
  }
  return { first, joined, extras };
}

function* entriesOf(told: ColumnMap['columns']): Generator<[MappedColumn, string | string[]]> {
  let column: MappedColumn;
  for (column in told) {
    const names = told[column];
    if (names !== undefined) yield [column, names];
  }
}

function finishRow(row: TillRow, map: ColumnMap): void {
  row.source ||= map.source ?? '';
  row.is_continued = map.orderOnFirstRow && row.placed_at === '';
  for (const column of columns) {
    if (row[column] === '') row[column] = map.defaults[column] ?? '';
  }
  row.status = map.statuses[row.status] ?? row.status;
  row.currency = row.currency.trim().toUpperCase();
  for (const column of amounts)
    if (row[column] !== '') row[column] = plainAmount(row[column], map.decimalComma);
  if (map.dateFormat !== undefined) {
    for (const column of times) row[column] = readDate(row[column], map.dateFormat) ?? row[column];
  }
  if (map.timeZone !== undefined) {
    for (const column of times) row[column] = inZone(row[column], map.timeZone);
  }
  if (map.taxInside) {
    row.is_tax_inside = true;
    row.tax_included ||= row.tax;
    row.tax = '';
  }
  if (map.refunds !== undefined) takeBack(row, map.refunds);
  if (map.round !== undefined) round(row, map.round);
}

const money = [
  'line_total',
  'line_discount',
  'refunded_total',
  'shipping',
  'tax',
  'tax_included',
  'order_total',
  'order_subtotal',
  'order_discount',
  'order_refunded',
  'line_tax',
] as const;
const amounts = [...money, 'unit_price', 'quantity'] as const;
const times = ['placed_at', 'delivered_at', 'promised_by'] as const;

/** A time of the clock of that zone as an instant; days stay days. */
function inZone(text: string, timeZone: string): string {
  const read = parseInstantOrDate(text.trim());
  if (!read.ok || read.kind !== 'local') return text;
  return new Date(instantOfLocal(read.local, timeZone)).toISOString();
}

/** A row that takes goods back says so by a minus or by its number; what it gives back is then told without sign. */
function takeBack(row: TillRow, { minus, prefix }: NonNullable<ColumnMap['refunds']>): void {
  const hasMinus = minus && signed.some((column) => isMinus(row[column]));
  const isNumbered = prefix !== undefined && row.order_number.trim().startsWith(prefix);
  if (!hasMinus && !isNumbered) return;
  row.is_refund = true;
  row.is_credit = true;
  for (const column of [...signed, 'line_discount', 'tax', 'line_tax', 'shipping'] as const) {
    row[column] = withoutSign(row[column]);
  }
}

const signed = ['quantity', 'line_total', 'unit_price'] as const;

function round(row: TillRow, rule: NonNullable<ColumnMap['round']>): void {
  const exponent = currencyExponent(row.currency);
  if (exponent === null) return;
  if (row.line_total === '' && row.unit_price !== '') {
    const quantity = row.quantity.trim() || '1';
    row.line_total = multiply({ unit: row.unit_price, quantity, exponent, rule }) || row.unit_price;
  }
  for (const column of money) row[column] = roundDecimal(row[column], exponent, rule);
}
