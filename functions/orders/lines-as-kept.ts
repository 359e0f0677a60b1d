import type { Order, OrderDraft, OrderLine, Refund } from './order.ts';
import { refundsByLine } from './order-state.ts';

/**
 * A file numbers its lines by content; where another source named them before, its names hold. Of lines alike, the one
 * more is refunded of in the file is the one more was refunded of before. A file that tells only what is left of a
 * line's quantity leaves open what was sold; then what is kept says it, and the rest came back.
 */
export function nameLinesAsKept(kept: Order, told: OrderDraft): OrderDraft {
  if (told.refundedByLine === null) return told;
  const { leftByLine } = told;
  if (leftByLine !== null)
    return readAsLeft(kept, told, leftByLine) ?? matchLines(kept, told, isAlike) ?? told;
  return matchLines(kept, told, isAlike) ?? told;
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
    Number((refunded.get(a.lineId) ?? 0n) - (refunded.get(b.lineId) ?? 0n));
}

function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}
