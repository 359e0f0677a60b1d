import { compare } from '../../ground/platform/compare.ts';
import type { Moment } from '../../ground/platform/moment.ts';
import { currencyExponent, formatDecimal, smallerOf } from '../../ground/platform/money.ts';
import type { OrderDraft, OrderLine } from '../../money/orders/order.ts';
import type { KeptOrder } from './kept-draft.ts';
import { because, type Reason, type ReasonCode } from './reason.ts';
import { openRefundable, type RefundableLine } from './refundable-lines.ts';
import type { CreditedGoods, StagedCredit } from './staged-credit.ts';

/** A credit note as it is placed: when it was given, and the first moment at which an order is too late for it. */
export interface DatedCredit extends StagedCredit {
  at: Moment;
  until: number;
}

export interface UnplacedCredit {
  line: number;
  source: string;
  number: string;
  reason: Reason;
}

export interface PlacedCredits {
  /** The drafts with the refunds, and drafts of kept orders that the file does not hold but gives back of. */
  drafts: OrderDraft[];
  /** Per credit note at most one: what of it found no line. */
  errors: UnplacedCredit[];
}

/**
 * Turns credit notes into refunds of their order or, where none is named, of the customer's latest lines with the same
 * goods: those of the same price first, never more than was paid. What was placed by an earlier import stays placed.
 * All arguments belong to one root account; the outcome does not depend on the order of the rows in the file.
 */
export function placeCredits(
  drafts: readonly OrderDraft[],
  kept: readonly KeptOrder[],
  credits: readonly DatedCredit[],
): PlacedCredits {
  const refundable = openRefundable(drafts, kept);
  const errors: UnplacedCredit[] = [];
  for (const credit of credits) {
    const missing = placeCredit(credit, refundable);
    if (missing !== null) errors.push({ ...missing, source: credit.source, number: credit.number });
  }
  return { drafts: refundable.drafts(), errors };
}

function placeCredit(
  credit: DatedCredit,
  refundable: ReturnType<typeof openRefundable>,
): { line: number; reason: Reason } | null {
  let missing: { line: number; reason: Reason } | null = null;
  const refundId = `credit:${credit.number}`;
  const already = refundable.alreadyGiven(refundId);
  for (const goods of credit.goods.toSorted(byContent)) {
    let left = goods.amount - already.take(goods);
    for (const line of rank(refundable.linesOf(goods), credit, goods)) {
      if (left === 0n) break;
      const amount = smallerOf(left, line.left);
      refundable.refund(line, { refundId, at: credit.at, amount });
      left -= amount;
    }
    if (left > 0n || goods.amount === 0n) missing ??= whyMissing(credit, goods, left);
  }
  return missing;
}

/** Larger amounts first, so that a note of several rows of one kind of goods ends the same in any order. */
function byContent(a: CreditedGoods, b: CreditedGoods): number {
  const [left, right] = [contentText(a), contentText(b)];
  return compare(b.amount, a.amount) || compare(left, right);
}

const contentText = ({ sku, product, quantityMilli }: CreditedGoods) =>
  `${sku ?? ''}|${product ?? ''}|${quantityMilli}`;

function rank(lines: readonly RefundableLine[], credit: DatedCredit, goods: CreditedGoods): RefundableLine[] {
  const bare = { ...credit, number: credit.number.replace(/^\D+/, '') };
  const rankOf = ({ order, line }: RefundableLine) =>
    bearsNumber(order, credit) ? 0 : isSamePrice(line, goods) ? (bearsNumber(order, bare) ? 0 : 1) : 2;
  return lines
    .filter(({ order, left }) => left > 0n && isPossible(order, credit))
    .map((line) => ({ line, rank: rankOf(line) }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        b.line.order.placedAt.at - a.line.order.placedAt.at ||
        compare(b.line.order.number, a.line.order.number) ||
        compare(a.line.line.lineId, b.line.line.lineId),
    )
    .map(({ line }) => line);
}

function isPossible(order: OrderDraft, credit: DatedCredit): boolean {
  if (order.currency !== credit.currency) return false;
  if (credit.refundedOrder !== null) return order.number === credit.refundedOrder;
  return order.placedAt.at < credit.until;
}

/** Returns at a till bear the number of their receipt, credit notes often letters before it (`R-1001`). */
function bearsNumber(order: OrderDraft, { source, number }: DatedCredit): boolean {
  return order.source === source && order.number === number;
}

/** Unit prices are the same when the totals differ by less than their rounding. */
function isSamePrice(line: OrderLine, goods: CreditedGoods): boolean {
  const paid = line.totalMinor - line.discountMinor;
  const difference = paid * BigInt(goods.quantityMilli) - goods.amount * BigInt(line.quantityMilli);
  const cent = BigInt(Math.max(line.quantityMilli, goods.quantityMilli));
  return difference < cent && difference > -cent;
}

function whyMissing(
  { currency, refundedOrder, email, key }: DatedCredit,
  { line, amount, sku, product }: CreditedGoods,
  left: bigint,
): { line: number; reason: Reason } {
  if (amount === 0n) return { line, reason: because('credit_of_nothing') };
  const text = (minor: bigint) => `${formatDecimal(minor, currencyExponent(currency) ?? 2)} ${currency}`;
  const name = sku ?? product;
  const isOfNobody = email === null && key === null;
  const sums = { amount: text(amount), left: text(left), goods: JSON.stringify(name ?? '') };
  const tell = (code: ReasonCode, more: Reason['of'] = {}) => ({
    line,
    reason: because(code, { ...sums, ...more }),
  });
  const withGoods = name === null ? '' : '_goods';
  if (refundedOrder !== null) {
    const own = isOfNobody ? '' : 'own_';
    const more = { order: refundedOrder };
    return name === null || left < amount
      ? tell(`credit_above_${own}order${withGoods}`, more)
      : tell(`credit_without_${own}goods`, more);
  }
  if (isOfNobody) return tell('credit_of_nobody');
  return left === amount ? tell(`credit_without_purchase${withGoods}`) : tell(`credit_in_part${withGoods}`);
}
