import { assert } from '../../ground/platform/errors.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import type { TextColumn } from './columns.ts';
import { type Reason, wrongIn } from './reason.ts';
import type { OrderFields, StagedLine, StagedMoment } from './staged-line.ts';
import type { Several } from './till.ts';

/** What a till says of the columns of a whole order. */
export interface FieldTerms {
  /** What the file itself calls our column. */
  nameOf(column: TextColumn): string;
  several: Several;
}

const orderColumns = {
  email: 'customer_email',
  key: 'customer_key',
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
  orderDiscount: 'order_discount',
  orderSubtotal: 'order_subtotal',
  orderRefunded: 'order_refunded',
  taxIncluded: 'tax_included',
  orderTotal: 'order_total',
} as const;

/** The first row that says something else about the order than a row before it. */
export function findContradiction(
  first: StagedLine,
  rows: readonly StagedLine[],
  { nameOf, several }: FieldTerms,
): { line: number; reason: Reason } | null {
  const said = new Map<TextColumn, { value: string; line: number }>();
  for (const row of rows.length === 1 ? [] : rows) {
    for (const [column, value] of valuesOf(row)) {
      if (several[column] !== undefined) continue;
      const before = said.get(column);
      if (before === undefined) said.set(column, { value, line: row.line });
      else if (before.value !== value) {
        const reason = differs(nameOf(column), { told: value, before: before.value, line: before.line });
        return { line: row.line === first.line ? before.line : row.line, reason };
      }
    }
  }
  return null;
}

function* valuesOf(row: StagedLine): Generator<[TextColumn, string]> {
  for (const field of keysOf(orderColumns)) yield [orderColumns[field], textOf(row[field], row.currency)];
  for (const field of keysOf(orderFields)) {
    if (row[field] !== null) yield [orderFields[field], textOf(row[field], row.currency)];
  }
}

function* keysOf<Key extends string>(names: Record<Key, string>): Generator<Key> {
  for (const key in names) yield key;
}

function textOf(value: string | bigint | StagedMoment | null, currency: string): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return formatDecimal(value, currencyExponent(currency) ?? 2);
  if (value.kind === 'instant') return new Date(value.ms).toISOString();
  return value.kind === 'date' ? value.date : value.local;
}

function differs(
  column: string,
  { told, before, line }: { told: string; before: string; line: number },
): Reason {
  if (told === '') return wrongIn(column, 'nothing_differs', { before: show(before), line });
  if (before === '') return wrongIn(column, 'differs_from_nothing', { told: show(told), line });
  return wrongIn(column, 'differs', { told: show(told), before: show(before), line });
}

const show = (value: string) => JSON.stringify(value.slice(0, 60));

/** What some rows, from the upper to the lower, say of their order together. */
export function mergeFields(first: OrderFields, rows: readonly OrderFields[], several: Several): OrderFields {
  if (rows.length === 1) return first;
  const value = <Key extends keyof OrderFields>(key: Key): OrderFields[Key] => {
    const takesLast = several[orderFields[key]] === 'last';
    const row = takesLast ? rows.findLast((one) => one[key] !== null) : rows.find((one) => one[key] !== null);
    return row?.[key] ?? first[key];
  };
  return {
    shipping: value('shipping'),
    tax: value('tax'),
    status: value('status'),
    deliveredAt: several.delivered_at === undefined ? value('deliveredAt') : deliveredAt(rows, several),
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

function deliveredAt(rows: readonly OrderFields[], { delivered_at }: Several): StagedMoment | null {
  const told = rows.flatMap(({ deliveredAt }) => deliveredAt ?? []);
  const sorted = told.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  return (delivered_at === 'last' ? sorted.at(-1) : sorted[0]) ?? null;
}

/** The earliest or latest time of an order that its rows tell. */
export function momentAt(rows: readonly StagedLine[], which: 'first' | 'last'): StagedMoment {
  const sorted = rows.map(({ placedAt }) => placedAt).toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const found = which === 'last' ? sorted.at(-1) : sorted[0];
  assert(found !== undefined, 'an order has at least one row');
  return found;
}

/** Times of one file are told in one way, so their texts sort like they do. */
function sortKey(moment: StagedMoment): string {
  if (moment.kind === 'instant') return new Date(moment.ms).toISOString();
  return moment.kind === 'date' ? moment.date : moment.local;
}
