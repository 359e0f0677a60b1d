import { compare } from '../../ground/platform/compare.ts';
import { MAX_MINOR } from '../../ground/platform/money.ts';
import { sumLineId } from '../../money/orders/order.ts';
import type { EventStatus } from '../../money/orders/statuses.ts';
import { completeQuantities } from './left-quantities.ts';
import { type FieldTerms, findContradiction, mergeFields, momentAt } from './merge-fields.ts';
import { because, type Reason, wrongIn } from './reason.ts';
import { type OrderMoney, type StagedRefund, settleMoney } from './settle-money.ts';
import type { OrderFields, RowError, StagedLine, StagedMoment } from './staged-line.ts';
import { withoutRepeats } from './without-repeats.ts';

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
  email: string | null;
  key: string | null;
  /** For a sale without an email, whose names are not kept aside; the first by the alphabet that its rows tell. */
  customerName: string | null;
  account: string | null;
  department: string | null;
  currency: string;
  placedAt: StagedMoment;
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
  /** Goods that are no longer part of it. */
  cancelledGoods: { sku: string | null; product: string | null }[];
  /** `delivered` where the file does not say. */
  status: EventStatus;
  /** `placedAt` for a delivered order of which the file does not say when. */
  deliveredAt: StagedMoment | null;
  promisedBy: string | null;
  carrier: string | null;
  trackingNumber: string | null;
}

export type ComposedOrder = { ok: true; order: StagedOrder } | { ok: false; error: RowError };

/** Makes one order of its rows; rows that contradict each other refuse it whole. */
export function composeOrder(
  unordered: readonly StagedLine[],
  placedAtMs: number,
  till: FieldTerms,
): ComposedOrder {
  const rows =
    unordered.length === 1 ? unordered : withoutRepeats(unordered.toSorted((a, b) => a.line - b.line));
  const [first] = rows;
  if (first === undefined) throw new Error('an order has at least one row');
  const contradiction = findContradiction(first, rows, till);
  if (contradiction !== null) return { ok: false, error: { ...contradiction, order: first.number } };
  const sold = rows.filter((row) => !row.isRefund && !row.isWithoutLine && !row.isCancelled);
  if (sold.length === 0) return refuse(first, because('sale_not_in_file'));
  if (sold.reduce((sum, { total }) => sum + total, 0n) > MAX_MINOR) {
    return refuse(first, wrongIn(till.nameOf('line_total'), 'order_too_large'));
  }
  const fields = mergeFields(first, rows, till.several);
  const sorted = sold.length === 1 ? sold : sold.toSorted(byContent);
  const lines = sorted.map(toLine);
  const leftByLine = completeQuantities(lines, sorted, fields);
  const money = settleMoney(lines, rows, fields);
  const customerName = first.email === null ? firstName(rows) : null;
  const placedAt =
    till.several.placed_at === undefined ? first.placedAt : momentAt(rows, till.several.placed_at);
  return {
    ok: true,
    order: {
      ...toOrder({ ...first, placedAt }, { fields, lines, leftByLine, money, placedAtMs, customerName }),
      cancelledGoods: rows.flatMap(({ isCancelled, sku, product }) => (isCancelled ? { sku, product } : [])),
    },
  };
}

function firstName(rows: readonly StagedLine[]): string | null {
  const names = rows.flatMap(({ name }) => name ?? []);
  return names.toSorted(compare)[0] ?? null;
}

function toOrder(
  first: StagedLine,
  rest: {
    fields: OrderFields;
    lines: StagedOrderLine[];
    leftByLine: Map<string, number> | null;
    money: OrderMoney;
    placedAtMs: number;
    customerName: string | null;
  },
): Omit<StagedOrder, 'cancelledGoods'> {
  const { fields, lines, leftByLine, money, placedAtMs, customerName } = rest;
  const status = fields.status ?? 'delivered';
  return {
    source: first.source,
    number: first.number,
    line: first.line,
    email: first.email,
    key: first.key,
    customerName,
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

function refuse(row: StagedLine, reason: Reason): ComposedOrder {
  return { ok: false, error: { line: row.line, order: row.number, reason } };
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
    compare(Number(a.isGiftCard), Number(b.isGiftCard)) ||
    compare(a.refunded, b.refunded)
  );
}

function toLine(row: StagedLine, index: number): StagedOrderLine {
  const { line, sku, product, category, quantityMilli, total, discount, refunded, isGiftCard } = row;
  const goods = { line, sku, product, category, quantityMilli, isGiftCard };
  return { ...goods, id: row.isSum ? sumLineId : String(index + 1), total, discount, refunded };
}
