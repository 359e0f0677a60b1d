import type { Order, OrderDraft, OrderEvent, OrderLine, Refund } from './order.ts';
import { latestOf, refundsByLine } from './order-state.ts';

/** What telling an order again means for the one that is kept. */
export type Merge =
  | { kind: 'unchanged' }
  | { kind: 'completed'; order: Order; newEvents: OrderEvent[]; newRefunds: Refund[] }
  | { kind: 'contradicts'; field: string; kept: string; told: string };

/**
 * Completes a kept order with what a source tells of it again (DOMAIN §4): what was absent is added,
 * another amount, line set, time or currency contradicts. A file's refunds are sums so far: what exceeds
 * the refunds already kept becomes one more refund, less is older news and changes nothing.
 */
export function mergeOrder(kept: Order, draft: OrderDraft): Merge {
  const told = draft.refundedByLine === null ? draft : nameLinesAsKept(kept, draft, draft.refundedByLine);
  const contradiction = findContradiction(kept, told);
  if (contradiction !== null) return contradiction;
  const newEvents = told.events.filter((event) => isNewEvent(kept, event));
  const newRefunds = missingRefunds(kept, told);
  const order: Order = {
    ...kept,
    shippingMinor: kept.shippingMinor ?? told.shippingMinor,
    taxMinor: kept.taxMinor ?? told.taxMinor,
    promisedBy: kept.promisedBy ?? told.promisedBy,
    events: [...kept.events, ...newEvents],
    refunds: [...kept.refunds, ...newRefunds],
  };
  const isSame =
    newEvents.length === 0 &&
    newRefunds.length === 0 &&
    order.shippingMinor === kept.shippingMinor &&
    order.taxMinor === kept.taxMinor &&
    order.promisedBy === kept.promisedBy;
  return isSame ? { kind: 'unchanged' } : { kind: 'completed', order, newEvents, newRefunds };
}

/** The refund a file's sums stand for when the order keeps fewer; null when there is nothing to give back. */
export function refundOf(draft: OrderDraft, alreadyByLine: ReadonlyMap<string, bigint>): Refund | null {
  if (draft.refundedByLine === null) return null;
  const lines = [...draft.refundedByLine]
    .map(([lineId, sumMinor]) => ({
      lineId,
      sumMinor,
      amountMinor: sumMinor - (alreadyByLine.get(lineId) ?? 0n),
    }))
    .filter(({ amountMinor }) => amountMinor > 0n);
  if (lines.length === 0) return null;
  const told = latestOf(draft.events)?.at ?? draft.placedAt;
  return {
    refundId: `file:${lines.map(({ lineId, sumMinor }) => `${lineId}=${sumMinor}`).join(',')}`,
    at: told.at > draft.placedAt.at ? told : draft.placedAt,
    reason: null,
    lines: lines.map(({ lineId, amountMinor }) => ({ lineId, amountMinor })),
  };
}

/**
 * A file numbers its lines by content; where another source named them before, its names hold. Of lines alike, the one
 * more is refunded of in the file is the one more was refunded of before.
 */
function nameLinesAsKept(kept: Order, told: OrderDraft, refunded: ReadonlyMap<string, bigint>): OrderDraft {
  const already = refundsByLine(kept.refunds);
  const free = kept.lines.toSorted(byRefund(already));
  const refundedByLine = new Map<string, bigint>();
  for (const line of told.lines.toSorted(byRefund(refunded))) {
    const same = free.findIndex((one) => contentText(one) === contentText(line));
    const [match] = same === -1 ? [] : free.splice(same, 1);
    if (match === undefined) return told;
    const amount = refunded.get(line.lineId);
    if (amount !== undefined) refundedByLine.set(match.lineId, amount);
  }
  return free.length > 0 ? told : { ...told, lines: kept.lines, refundedByLine };
}

function byRefund(refunded: ReadonlyMap<string, bigint>) {
  return (a: OrderLine, b: OrderLine): number =>
    Number((refunded.get(a.lineId) ?? 0n) - (refunded.get(b.lineId) ?? 0n));
}

const contentText = (line: OrderLine) =>
  [line.sku ?? '', line.quantityMilli, line.totalMinor, line.discountMinor].join('|');

function findContradiction(kept: Order, told: OrderDraft): Merge | null {
  const differs = (field: string, left: string, right: string): Merge | null =>
    left === right ? null : { kind: 'contradicts', field, kept: left, told: right };
  const differsIfBoth = (field: string, left: bigint | string | null, right: bigint | string | null) =>
    left === null || right === null ? null : differs(field, String(left), String(right));
  return (
    differs('currency', kept.currency, told.currency) ??
    differs('placedAt', momentText(kept.placedAt), momentText(told.placedAt)) ??
    differs('lines', linesText(kept.lines), linesText(told.lines)) ??
    differsIfBoth('shipping', kept.shippingMinor, told.shippingMinor) ??
    differsIfBoth('tax', kept.taxMinor, told.taxMinor)
  );
}

function isNewEvent(kept: Order, told: OrderEvent): boolean {
  return !kept.events.some((event) => event.source === told.source && event.eventId === told.eventId);
}

function missingRefunds(kept: Order, told: OrderDraft): Refund[] {
  const refund = refundOf(told, refundsByLine(kept.refunds));
  return refund === null ? [] : [refund];
}

const momentText = ({ at, day }: Order['placedAt']) => day ?? new Date(at).toISOString();

function linesText(lines: readonly OrderLine[]): string {
  return lines
    .map((line) =>
      [line.lineId, line.sku, line.quantityMilli, line.totalMinor, line.discountMinor, line.isGiftCard].join(
        '|',
      ),
    )
    .sort()
    .join(' · ');
}
