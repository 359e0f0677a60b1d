import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import { emptyRow, type TextColumn, type TillRow } from './columns.ts';
import { multiply } from './decimals.ts';
import {
  complain,
  type RowCheck,
  readAmount,
  readDay,
  readEmail,
  readKey,
  readMoment,
  readOptionalAmount,
  readQuantity,
  readQuantityLeft,
  readStatus,
  readText,
  readYes,
} from './read-cells.ts';
import type { RowError, StagedLine, StagedMoment } from './staged-line.ts';

export interface RowPlace {
  line: number;
  /** What the file calls our column. */
  nameOf(column: TextColumn): string;
}

export type ParsedRow = { ok: true; staged: StagedLine } | { ok: false; error: RowError };

/** Checks one row by DOMAIN.md §4 and §2; the first thing that is wrong becomes its reason. */
export function parseOrderRow(row: TillRow, place: RowPlace): ParsedRow {
  const check: RowCheck = { row, nameOf: place.nameOf, currency: '', exponent: 2, problem: null };
  const staged = readRow(check, place.line);
  if (check.problem === null) return { ok: true, staged };
  return { ok: false, error: { line: place.line, order: orderOf(row), reason: check.problem } };
}

/**
 * Checks a row that takes back goods of a sale which is not in the file, so that nobody's name, nor the day of that sale,
 * is told: `email` and `placedAt` of what it answers say nothing.
 */
export function parseRefundRow(row: TillRow, place: RowPlace): ParsedRow {
  const unknown = { placed_at: '1970-01-01', customer_email: 'nobody@refund.invalid' };
  return parseOrderRow({ ...row, ...unknown, status: '' }, place);
}

/** Checks a row that tells a new state of an order that is not in the file: nothing but its number and state is told. */
export function parseNewsRow(row: TillRow, place: RowPlace): ParsedRow {
  const { source, order_number, status } = row;
  const told = { source, order_number, status, currency: 'EUR', line_total: '0' };
  return parseOrderRow({ ...emptyRow, ...told, ...unknownBuyer }, place);
}

/** Checks a row of cancelled goods whose order is not in the file: nothing but the goods is told. */
export function parseCancelledRow(row: TillRow, place: RowPlace): ParsedRow {
  const { source, order_number, sku, product, is_cancelled } = row;
  const told = { source, order_number, sku, product, is_cancelled, currency: 'EUR', line_total: '0' };
  return parseOrderRow({ ...emptyRow, ...told, ...unknownBuyer }, place);
}

const unknownBuyer = { placed_at: '1970-01-01', customer_email: 'nobody@news.invalid' };

/** The order number of a row as far as it can be told, for a report; null when it is empty or damaged. */
export function orderOf(row: TillRow): string | null {
  const number = row.order_number.trim().normalize('NFC').slice(0, 200);
  return number === '' || damaged.test(number) ? null : number;
}

/** The source of a row, `csv` where it tells none. */
export function sourceOf(row: TillRow): string {
  return row.source.trim().normalize('NFC') || 'csv';
}

const damaged = /[\p{Cc}\ufffd]/u;

/** Reads in the order in which mistakes are told; one literal, since this runs for every row. */
function readRow(check: RowCheck, line: number): StagedLine {
  const number = readKey(check, 'order_number') ?? missing(check, 'order_number');
  const email = readEmail(check, 'customer_email');
  const placedAt = readMoment(check, 'placed_at') ?? missingMoment(check, 'placed_at');
  readCurrency(check);
  const leftMilli = readQuantityLeft(check, 'quantity_left');
  const quantityMilli = leftMilli ?? readQuantity(check, 'quantity');
  const { total, discount, refunded } = readMoney(check);
  const account = readKey(check, 'account');
  return {
    line,
    source: readKey(check, 'source') ?? 'csv',
    number,
    email,
    key: readKey(check, 'customer_key'),
    name: readText(check, 'customer_name'),
    account,
    department: readDepartment(check, account),
    currency: check.currency,
    placedAt,
    sku: readText(check, 'sku'),
    product: readText(check, 'product'),
    category: readText(check, 'category'),
    quantityMilli,
    total,
    discount,
    refunded,
    lineTax: readOptionalAmount(check, 'line_tax'),
    lineShipping: readOptionalAmount(check, 'line_shipping'),
    rowId: readKey(check, 'row_id'),
    isWithoutLine: check.row.is_without_line,
    leftMilli,
    unitPrice: leftMilli === null ? null : readText(check, 'unit_price'),
    isGiftCard: readYes(check, 'gift_card') || check.row.is_gift_card,
    isRefund: check.row.is_refund,
    refundId: readKey(check, 'refund_id'),
    refundedAt: readMoment(check, 'refunded_at'),
    isCredit: check.row.is_credit,
    refundedOrder: readKey(check, 'refunded_order'),
    isTaxInside: check.row.is_tax_inside,
    isCancelled: check.row.is_cancelled,
    isSum: check.row.is_sum,
    shipping: readOptionalAmount(check, 'shipping'),
    tax: readOptionalAmount(check, 'tax'),
    status: readStatus(check, 'status'),
    deliveredAt: readMoment(check, 'delivered_at'),
    promisedBy: readDay(check, 'promised_by'),
    carrier: readText(check, 'carrier'),
    trackingNumber: readText(check, 'tracking_number'),
    orderDiscount: readOptionalAmount(check, 'order_discount'),
    orderSubtotal: readOptionalAmount(check, 'order_subtotal'),
    orderRefunded: readOptionalAmount(check, 'order_refunded'),
    taxIncluded: readOptionalAmount(check, 'tax_included'),
    orderTotal: readOptionalAmount(check, 'order_total'),
  };
}

function missing(check: RowCheck, column: TextColumn): string {
  complain(check, column, 'blank');
  return '';
}

function missingMoment(check: RowCheck, column: TextColumn): StagedMoment {
  return { ok: true, kind: 'date', date: missing(check, column) };
}

function readDepartment(check: RowCheck, account: string | null): string | null {
  const department = readKey(check, 'department');
  if (department !== null && account === null) {
    complain(check, 'department', 'department_of_nothing');
  }
  return department;
}

function readCurrency(check: RowCheck): void {
  const currency = check.row.currency.trim();
  const exponent = currencyExponent(currency);
  if (exponent === null) complain(check, 'currency', 'not_currency');
  check.currency = currency;
  check.exponent = exponent ?? 2;
}

function readMoney(check: RowCheck): { total: bigint; discount: bigint; refunded: bigint } {
  const { row } = check;
  if (row.line_total === '' && row.unit_price !== '') {
    const quantity = row.quantity_left.trim() || row.quantity.trim() || '1';
    row.line_total =
      multiply({ unit: row.unit_price.trim(), quantity, exponent: check.exponent }) || row.unit_price;
  }
  const total = readOptionalAmount(check, 'line_total') ?? missingAmount(check, 'line_total');
  const discount = readAmount(check, 'line_discount');
  const refunded = readAmount(check, 'refunded_total');
  const plain = (minor: bigint) => formatDecimal(minor, check.exponent);
  if (discount > total) complain(check, 'line_discount', 'discount_above_total', { total: plain(total) });
  if (refunded > total - discount) {
    complain(check, 'refunded_total', 'refund_above_paid', { paid: plain(total - discount) });
  }
  return { total, discount, refunded };
}

function missingAmount(check: RowCheck, column: TextColumn): bigint {
  missing(check, column);
  return 0n;
}
