import { allocate } from '../../ground/platform/allocate.ts';
import { compare } from '../../ground/platform/compare.ts';
import {
  type Order,
  type OrderDraft,
  type OrderLine,
  type Refund,
  type RefundLine,
  sumLineId,
} from './order.ts';
import { refundsByLine } from './order-state.ts';

/**
 * A file numbers its lines by content; where another source named them before, its names hold. Of lines alike, the one
 * more is refunded of in the file is the one more was refunded of before. A file that tells only what is left of a
 * line's quantity leaves open what was sold; then what is kept says it, and the rest came back.
 */
export function nameLinesAsKept(kept: Order, draft: OrderDraft): OrderDraft {
  if (draft.refundedByLine === null) return draft;
  const told = withCancelled(kept, withItemsOf(kept, draft));
  const { leftByLine } = told;
  if (leftByLine !== null)
    return readAsLeft(kept, told, leftByLine) ?? matchLines(kept, told, isAlike) ?? told;
  return matchLines(kept, told, isAlike) ?? told;
}

/**
 * Goods that the draft says are no longer part of the order, where they were told before: given back whole. What the draft
 * tells of shipping and tax is then without theirs, and no news of what was paid.
 */
function withCancelled(kept: Order, told: OrderDraft): OrderDraft {
  if (told.cancelledGoods.length === 0) return told;
  const free = [...kept.lines];
  for (const line of told.lines) take(free, (one) => isAlike(one, line));
  const gone = told.cancelledGoods
    .flatMap((goods) => takeGoods(free, goods))
    .map((line, index) => ({ ...line, lineId: `cancelled ${index + 1}` }));
  if (gone.length === 0) return told;
  const paid = gone.map((line) => [line.lineId, line.totalMinor - line.discountMinor] as const);
  return {
    ...told,
    lines: [...told.lines, ...gone],
    refundedByLine: new Map([...(told.refundedByLine ?? []), ...paid]),
    ...{ shippingMinor: null, taxMinor: null, taxIncludedMinor: null },
  };
}

/** Takes the first line of some goods out of `lines`, and answers it. */
export function takeGoods(lines: OrderLine[], { sku, product }: OrderDraft['cancelledGoods'][number]) {
  return take(lines, (line) => (sku === null ? line.product === product : line.sku === sku));
}

/** The draft with the kept items for the sum that it tells of them. */
function withItemsOf(kept: Order, told: OrderDraft): OrderDraft {
  const [line] = told.lines;
  if (line === undefined || !isSumOf(told.lines, kept.lines)) return told;
  const refunded = shareOut(kept.lines, told.refundedByLine?.get(line.lineId) ?? 0n, () => 0n);
  return {
    ...told,
    lines: kept.lines,
    refundedByLine: new Map(refunded.map(({ lineId, amountMinor }) => [lineId, amountMinor])),
  };
}

/**
 * A kept order that was told as one sum, with the items that a draft tells of it; what was given back of the sum is then
 * shared out over them. The same order where the draft tells no such items.
 */
export function withItemsTold(kept: Order, told: OrderDraft): Order {
  if (!isSumOf(kept.lines, told.lines)) return kept;
  const given = new Map<string, bigint>();
  const refunds = kept.refunds.map((refund): Refund => {
    const amount = refund.lines.reduce((total, { amountMinor }) => total + amountMinor, 0n);
    const lines = shareOut(told.lines, amount, (lineId) => given.get(lineId) ?? 0n);
    for (const { lineId, amountMinor } of lines) given.set(lineId, (given.get(lineId) ?? 0n) + amountMinor);
    return { ...refund, lines };
  });
  return { ...kept, lines: told.lines, refunds };
}

/** Whether one line is all of some others, to the cent. */
function isSumOf([sum, ...more]: readonly OrderLine[], items: readonly OrderLine[]): boolean {
  if (sum === undefined || more.length > 0 || sum.lineId !== sumLineId) return false;
  if (items.some(({ lineId }) => lineId === sumLineId)) return false;
  const [total, discount] = [
    items.reduce((all, { totalMinor }) => all + totalMinor, 0n),
    items.reduce((all, { discountMinor }) => all + discountMinor, 0n),
  ];
  return total === sum.totalMinor && discount === sum.discountMinor;
}

/** Shares an amount out over what was paid for lines and is left of them. */
function shareOut(
  lines: readonly OrderLine[],
  amount: bigint,
  givenOf: (lineId: string) => bigint,
): RefundLine[] {
  const left = lines.map(
    ({ lineId, totalMinor, discountMinor }) => totalMinor - discountMinor - givenOf(lineId),
  );
  const shares = allocate(amount, left);
  return lines.flatMap(({ lineId }, index) => {
    const amountMinor = shares[index] ?? 0n;
    return amountMinor > 0n ? { lineId, amountMinor } : [];
  });
}

function isAlike(kept: OrderLine, told: OrderLine): boolean {
  return contentText(kept) === contentText(told);
}

const contentText = (line: OrderLine) =>
  [line.sku ?? '', line.quantityMilli, line.totalMinor, line.discountMinor].join('|');

/** Null when a line of either has no match. */
function matchLines(
  kept: Order,
  told: OrderDraft,
  isMatch: (kept: OrderLine, told: OrderLine) => boolean,
): OrderDraft | null {
  const refunded = told.refundedByLine ?? new Map<string, bigint>();
  const free = kept.lines.toSorted(byRefund(refundsByLine(kept.refunds)));
  const keptIds = new Map<string, string>();
  for (const line of told.lines.toSorted(byRefund(refunded))) {
    const [match] = take(free, (one) => isMatch(one, line));
    if (match === undefined) return null;
    keptIds.set(line.lineId, match.lineId);
  }
  if (free.length > 0) return null;
  const keptId = (lineId: string) => keptIds.get(lineId) ?? lineId;
  return {
    ...told,
    lines: kept.lines,
    refundedByLine: new Map([...refunded].map(([lineId, amount]) => [keptId(lineId), amount])),
    refunds: told.refunds.map(
      (refund): Refund => ({
        ...refund,
        lines: refund.lines.map((line) => ({ ...line, lineId: keptId(line.lineId) })),
      }),
    ),
  };
}

/** The draft as the kept order with less left of its lines; null when it cannot be that. */
function readAsLeft(
  kept: Order,
  told: OrderDraft,
  leftByLine: ReadonlyMap<string, number>,
): OrderDraft | null {
  const free = kept.lines.toSorted((a, b) => a.quantityMilli - b.quantityMilli);
  const refundedByLine = new Map<string, bigint>();
  for (const line of told.lines) {
    const left = leftByLine.get(line.lineId) ?? line.quantityMilli;
    const [match] = take(free, (one) => isSamePrice(one, line) && one.quantityMilli >= left);
    if (match === undefined) return null;
    const gone = BigInt(match.quantityMilli - left);
    const of = BigInt(match.quantityMilli);
    const paid = match.totalMinor - match.discountMinor;
    if (gone > 0n) refundedByLine.set(match.lineId, (paid * gone * 2n + of) / (of * 2n));
  }
  if (free.length > 0) return null;
  return { ...told, lines: kept.lines, refundedByLine: withRest(kept, told, refundedByLine) };
}

/** What the file tells of beyond those goods was given back without goods: from whatever is left, line by line. */
function withRest(kept: Order, told: OrderDraft, byGoods: Map<string, bigint>): Map<string, bigint> {
  let rest = sum(told.refundedByLine?.values() ?? []) - sum(byGoods.values());
  for (const line of kept.lines) {
    const before = byGoods.get(line.lineId) ?? 0n;
    const left = line.totalMinor - line.discountMinor - before;
    const amount = rest < left ? rest : left;
    if (amount <= 0n) continue;
    byGoods.set(line.lineId, before + amount);
    rest -= amount;
  }
  return byGoods;
}

function isSamePrice(kept: OrderLine, told: OrderLine): boolean {
  const difference =
    kept.totalMinor * BigInt(told.quantityMilli) - told.totalMinor * BigInt(kept.quantityMilli);
  const cent = BigInt(Math.max(kept.quantityMilli, told.quantityMilli)) * 2n;
  return kept.sku === told.sku && kept.product === told.product && difference <= cent && difference >= -cent;
}

function take<Item>(items: Item[], isWanted: (item: Item) => boolean): Item[] {
  const at = items.findIndex(isWanted);
  return at === -1 ? [] : items.splice(at, 1);
}

function byRefund(refunded: ReadonlyMap<string, bigint>) {
  return (a: OrderLine, b: OrderLine): number =>
    compare(refunded.get(a.lineId) ?? 0n, refunded.get(b.lineId) ?? 0n);
}

function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}
