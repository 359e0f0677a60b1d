import { currencyExponent, formatDecimal, MAX_MINOR } from '../platform/money.ts';
import { compare } from './allocate.ts';
import { completeQuantities } from './left-quantities.ts';
import { type OrderMoney, type StagedRefund, settleMoney } from './settle-money.ts';
import type { ImportStatus, Moment, OrderFields, RowError, StagedLine } from './staged-line.ts';

/** A line as the file gives it; money in minor units, refunds and discounts of the whole order shared out. */
export interface StagedOrderLine {
  /** "1", "2", … by content, so that a shuffled file names the same lines the same. */
  id: string;
  /** The physical line of the file. */
  line: number;
  sku: string | null;
  product: string | null;
  category: string | null;
  quantityMilli: number;
  total: bigint;
  discount: bigint;
  refunded: bigint;
  isGiftCard: boolean;
}

/** A whole order, valid in itself. */
export interface StagedOrder {
  source: string;
  number: string;
  /** The physical line of its first row. */
  line: number;
  email: string;
  account: string | null;
  department: string | null;
  currency: string;
  placedAt: Moment;
  /** `placedAt` read in business time, epoch ms. */
  placedAtMs: number;
  lines: StagedOrderLine[];
  shipping: bigint | null;
  /** On top of the prices. */
  tax: bigint | null;
  /** Inside the prices. */
  taxIncluded: bigint | null;
  /** Beside what the lines say. */
  refunds: StagedRefund[];
  /** What the lines say of refunds was told of the whole order. */
  isRefundShared: boolean;
  /** What is left of the lines, where the till tells only that, in thousandths. */
  leftByLine: Map<string, number> | null;
  /** `delivered` where the file does not say. */
  status: ImportStatus;
  /** `placedAt` for a delivered order of which the file does not say when. */
  deliveredAt: Moment | null;
  promisedBy: string | null;
  carrier: string | null;
  trackingNumber: string | null;
}

export type ComposedOrder = { ok: true; order: StagedOrder } | { ok: false; error: RowError };

/** Makes one order of its rows; rows that contradict each other refuse it whole. */
export function composeOrder(unordered: readonly StagedLine[], placedAtMs: number): ComposedOrder {
  const rows = unordered.length === 1 ? unordered : unordered.toSorted((a, b) => a.line - b.line);
  const [first] = rows;
  if (first === undefined) throw new Error('an order has at least one row');
  const contradiction = findContradiction(first, rows);
  if (contradiction !== null) return { ok: false, error: { ...contradiction, order: first.number } };
  const sold = rows.filter((row) => !row.isRefund);
  if (sold.length === 0) return refuse(first, 'takes back goods of a sale that is not in this file');
  if (sold.reduce((sum, { total }) => sum + total, 0n) > MAX_MINOR) {
    return refuse(first, 'line_total: the rows of the order add up to more than an order may be worth');
  }
  const fields = mergeFields(first, rows);
  const sorted = sold.length === 1 ? sold : sold.toSorted(byContent);
  const lines = sorted.map(toLine);
  const leftByLine = completeQuantities(lines, sorted, fields);
  const money = settleMoney(lines, rows, fields);
  return { ok: true, order: toOrder(first, { fields, lines, leftByLine, money, placedAtMs }) };
}

function toOrder(
  first: StagedLine,
  rest: {
    fields: OrderFields;
    lines: StagedOrderLine[];
    leftByLine: Map<string, number> | null;
    money: OrderMoney;
    placedAtMs: number;
  },
): StagedOrder {
  const { fields, lines, leftByLine, money, placedAtMs } = rest;
  const status = fields.status ?? 'delivered';
  return {
    source: first.source,
    number: first.number,
    line: first.line,
    email: first.email,
    account: first.account,
    department: first.department,
    currency: first.currency,
    placedAt: first.placedAt,
    placedAtMs,
    lines,
    ...money,
    isRefundShared: fields.orderRefunded !== null,
    leftByLine,
    status,
    deliveredAt: fields.deliveredAt ?? (status === 'delivered' ? first.placedAt : null),
    promisedBy: fields.promisedBy,
    carrier: fields.carrier,
    trackingNumber: fields.trackingNumber,
  };
}

function refuse(row: StagedLine, reason: string): ComposedOrder {
  return { ok: false, error: { line: row.line, order: row.number, reason } };
}

const orderColumns = {
  email: 'customer_email',
  account: 'account',
  department: 'department',
  currency: 'currency',
  placedAt: 'placed_at',
} as const;
const orderFields = {
  shipping: 'shipping',
  tax: 'tax',
  status: 'status',
  deliveredAt: 'delivered_at',
  promisedBy: 'promised_by',
  carrier: 'carrier',
  trackingNumber: 'tracking_number',
  orderDiscount: 'order discount',
  orderSubtotal: 'order subtotal',
  orderRefunded: 'order refund',
  taxIncluded: 'tax_included',
  orderTotal: 'order total',
} as const;

/** The first row that says something else about the order than a row before it. */
function findContradiction(
  first: StagedLine,
  rows: readonly StagedLine[],
): { line: number; reason: string } | null {
  const said = new Map<string, { value: string; line: number }>();
  for (const row of rows.length === 1 ? [] : rows) {
    for (const [column, value] of valuesOf(row)) {
      const before = said.get(column);
      if (before === undefined) said.set(column, { value, line: row.line });
      else if (before.value !== value) {
        const reason = `${column} ${show(value)} contradicts ${show(before.value)} on line ${before.line} of the same order`;
        return { line: row.line === first.line ? before.line : row.line, reason };
      }
    }
  }
  return null;
}

function* valuesOf(row: StagedLine): Generator<[string, string]> {
  for (const field of keysOf(orderColumns)) yield [orderColumns[field], textOf(row[field], row.currency)];
  for (const field of keysOf(orderFields)) {
    if (row[field] !== null) yield [orderFields[field], textOf(row[field], row.currency)];
  }
}

function* keysOf<Key extends string>(names: Record<Key, string>): Generator<Key> {
  for (const key in names) yield key;
}

function textOf(value: string | bigint | Moment | null, currency: string): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return formatDecimal(value, currencyExponent(currency) ?? 2);
  if (value.kind === 'instant') return new Date(value.ms).toISOString();
  return value.kind === 'date' ? value.date : value.local;
}

function show(value: string): string {
  return value === '' ? 'nothing' : JSON.stringify(value.slice(0, 60));
}

function mergeFields(first: OrderFields, rows: readonly OrderFields[]): OrderFields {
  if (rows.length === 1) return first;
  const value = <Key extends keyof OrderFields>(key: Key): OrderFields[Key] =>
    rows.find((row) => row[key] !== null)?.[key] ?? first[key];
  return {
    shipping: value('shipping'),
    tax: value('tax'),
    status: value('status'),
    deliveredAt: value('deliveredAt'),
    promisedBy: value('promisedBy'),
    carrier: value('carrier'),
    trackingNumber: value('trackingNumber'),
    orderDiscount: value('orderDiscount'),
    orderSubtotal: value('orderSubtotal'),
    orderRefunded: value('orderRefunded'),
    taxIncluded: value('taxIncluded'),
    orderTotal: value('orderTotal'),
  };
}

/** `refunded` comes last: lines alike but for their refunds keep their ids when a later file refunds more. */
function byContent(a: StagedLine, b: StagedLine): number {
  return (
    compare(a.sku ?? '', b.sku ?? '') ||
    compare(a.product ?? '', b.product ?? '') ||
    compare(a.category ?? '', b.category ?? '') ||
    compare(a.total, b.total) ||
    compare(a.discount, b.discount) ||
    compare(a.quantityMilli, b.quantityMilli) ||
    compare(a.refunded, b.refunded)
  );
}

function toLine(row: StagedLine, index: number): StagedOrderLine {
  const { line, sku, product, category, quantityMilli, total, discount, refunded, isGiftCard } = row;
  const goods = { line, sku, product, category, quantityMilli, isGiftCard };
  return { ...goods, id: String(index + 1), total, discount, refunded };
}
