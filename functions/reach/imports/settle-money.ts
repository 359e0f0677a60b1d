import { allocate } from '../../ground/platform/allocate.ts';
import { smallerOf } from '../../ground/platform/money.ts';
import type { OrderFields, StagedLine, StagedMoment } from './staged-line.ts';

/** What the rules below need of a line; `discount` and `refunded` are what they change. */
export interface MoneyLine {
  id: string;
  sku: string | null;
  product: string | null;
  total: bigint;
  discount: bigint;
  refunded: bigint;
}

/** A refund that the file names, so that it is known again. */
export interface StagedRefund {
  refundId: string;
  at: StagedMoment | null;
  lines: { id: string; amount: bigint }[];
}

/** What belongs to the order as a whole. `tax` is on top of the prices, `taxIncluded` inside them. */
export interface OrderMoney {
  shipping: bigint | null;
  tax: bigint | null;
  taxIncluded: bigint | null;
  refunds: StagedRefund[];
}

/**
 * Shares out over `lines` what a file says of the whole order, so that Σ(total − discount) + shipping + tax is what the
 * customer paid, to the cent, where the file tells that.
 */
export function settleMoney(
  lines: readonly MoneyLine[],
  rows: readonly StagedLine[],
  fields: OrderFields,
): OrderMoney {
  shareDiscount(lines, fields);
  const paid = settleTotal(lines, withSumsOfRows(fields, rows));
  const left = new Map(lines.map((line) => [line.id, paidFor(line) - line.refunded]));
  const refunds = takeBack(lines, rows, left);
  if (fields.orderRefunded !== null) {
    const amount = refundBeyondLines(lines, { refunded: fields.orderRefunded, left, ...paid });
    const shares = allocate(
      amount,
      lines.map(({ id }) => left.get(id) ?? 0n),
    );
    for (const [index, line] of lines.entries()) line.refunded += shares[index] ?? 0n;
  }
  return { ...paid, refunds };
}

/**
 * What was given back of the order beside what its lines say: the same money counts once, and what is left of it may be
 * the tax of those lines, or the shipping. With no word from the lines it is all of theirs, as far as they were paid.
 */
function refundBeyondLines(
  lines: readonly MoneyLine[],
  order: Pick<OrderMoney, 'shipping' | 'tax'> & { refunded: bigint; left: ReadonlyMap<string, bigint> },
): bigint {
  const paid = sum(lines.map(paidFor));
  const onLines = paid - sum([...order.left.values()]);
  if (onLines === 0n) return order.refunded;
  const tax = ((order.tax ?? 0n) * onLines * 2n + paid) / (paid * 2n);
  const rest = order.refunded - onLines - tax;
  return rest === order.shipping ? 0n : rest;
}

/** A discount of the whole order goes on the lines, less what the subtotal shows to be on them already. */
function shareDiscount(lines: readonly MoneyLine[], { orderDiscount, orderSubtotal }: OrderFields): void {
  if (orderDiscount === null) return;
  const onLines = sum(lines.map((line) => line.discount));
  const missing = orderSubtotal === null ? orderDiscount - onLines : sum(lines.map(paidFor)) - orderSubtotal;
  takeOff(lines, missing < orderDiscount ? missing : orderDiscount);
}

function takeOff(lines: readonly MoneyLine[], amount: bigint): void {
  const shares = allocate(amount, lines.map(paidFor));
  for (const [index, line] of lines.entries()) line.discount += shares[index] ?? 0n;
}

/**
 * Tells from the sum that was paid whether the tax is inside the prices. What the sum leaves for shipping is what
 * shipping cost: less than its price where a discount was on it. Where not even the goods fit, less was paid for them.
 */
function settleTotal(lines: readonly MoneyLine[], fields: OrderFields): Omit<OrderMoney, 'refunds'> {
  const { orderTotal, orderSubtotal, shipping, tax, taxIncluded } = fields;
  if (orderTotal === null) return { shipping, tax, taxIncluded };
  const isInside = tax !== null && tax > 0n && isTaxInside(lines, fields, tax);
  const onTop = isInside ? 0n : (tax ?? 0n);
  const goods = sum(lines.map(paidFor));
  if (orderSubtotal !== null && goods > orderSubtotal) takeOff(lines, goods - orderSubtotal);
  if (orderSubtotal !== null && goods < orderSubtotal) addCents(lines, orderSubtotal - goods);
  const left = orderTotal - onTop - sum(lines.map(paidFor));
  if (left < 0n) takeOff(lines, -left);
  return {
    shipping: left > 0n ? left : shipping === null ? null : 0n,
    tax: isInside ? null : tax,
    taxIncluded: taxIncluded ?? (isInside ? tax : null),
  };
}

/** Tills that round line by line are a cent or so short of their own sum; it goes on the dearest line. */
function addCents(lines: readonly MoneyLine[], missing: bigint): void {
  const [first, ...rest] = lines;
  if (first === undefined || missing > BigInt(lines.length)) return;
  rest.reduce((dearest, line) => (line.total > dearest.total ? line : dearest), first).total += missing;
}

/** Of all ways to read the figures, the one that adds up, or comes nearest. */
function isTaxInside(lines: readonly MoneyLine[], fields: OrderFields, tax: bigint): boolean {
  const { orderTotal, orderSubtotal, orderDiscount } = fields;
  const onGoods = sum(lines.map((line) => line.discount));
  const price = fields.shipping ?? 0n;
  const off = larger(0n, (orderDiscount ?? 0n) - onGoods);
  const reduced = larger(0n, price - off);
  const besideGoods = (orderTotal ?? 0n) - (orderSubtotal ?? sum(lines.map(paidFor)));
  const misses = [reduced + tax, reduced, price + tax, price].map((wanted) => distance(besideGoods, wanted));
  const best = misses.reduce((least, miss) => smallerOf(least, miss));
  return misses.indexOf(best) % 2 === 1;
}

function withSumsOfRows(fields: OrderFields, rows: readonly StagedLine[]): OrderFields {
  const shipping = fields.shipping ?? sumOfRows(rows, 'lineShipping');
  const tax = sumOfRows(rows, 'lineTax');
  if (rows[0]?.isTaxInside !== true) return { ...fields, shipping, tax: fields.tax ?? tax };
  return { ...fields, shipping, taxIncluded: fields.taxIncluded ?? tax };
}

function sumOfRows(rows: readonly StagedLine[], amount: 'lineTax' | 'lineShipping'): bigint | null {
  const told = rows.flatMap((row) => (row.isRefund ? [] : (row[amount] ?? [])));
  return told.length === 0 ? null : sum(told);
}

/**
 * Rows that take goods back refund the lines of the same goods, as far as `left` says that those were paid for, and take
 * it off there. What has a name is answered, the rest is noted on the lines.
 */
export function takeBack(
  lines: readonly MoneyLine[],
  rows: readonly StagedLine[],
  left: Map<string, bigint>,
): StagedRefund[] {
  const named = new Map<string, StagedRefund>();
  for (const row of rows) {
    if (!row.isRefund) continue;
    const same = lines.filter((line) => line.sku === row.sku && line.product === row.product);
    const from = same.length === 0 ? lines : same;
    const shares = allocate(
      row.total - row.discount,
      from.map(({ id }) => left.get(id) ?? 0n),
    );
    for (const [index, line] of from.entries()) {
      const amount = shares[index] ?? 0n;
      if (amount === 0n) continue;
      left.set(line.id, (left.get(line.id) ?? 0n) - amount);
      if (row.refundId === null) line.refunded += amount;
      else addTo(named, row.refundId, { at: row.refundedAt, id: line.id, amount });
    }
  }
  return [...named.values()];
}

function addTo(
  named: Map<string, StagedRefund>,
  refundId: string,
  { at, id, amount }: { at: StagedMoment | null; id: string; amount: bigint },
): void {
  const refund = named.get(refundId) ?? { refundId, at, lines: [] };
  named.set(refundId, refund);
  const line = refund.lines.find((one) => one.id === id);
  if (line === undefined) refund.lines.push({ id, amount });
  else line.amount += amount;
}

function paidFor(line: MoneyLine): bigint {
  return line.total - line.discount;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a;
}
