import { smallerOf } from '../../ground/platform/money.ts';
import { type Contradiction, findContradiction } from './find-contradiction.ts';
import { nameLinesAsKept, withItemsTold } from './lines-as-kept.ts';
import type { Order, OrderDraft, OrderEvent, Refund } from './order.ts';
import { latestOf, refundsByLine } from './order-state.ts';

/** `hasNewLines`: items were told of what had been one sum; refunds of before are then of them. */
export interface MergedOrder {
  kind: 'completed';
  order: Order;
  newEvents: OrderEvent[];
  newRefunds: Refund[];
  hasNewLines: boolean;
}

/** What telling an order again means for the one that is kept. */
export type Merge = { kind: 'unchanged' } | MergedOrder | Contradiction;

/**
 * Completes a kept order with what a source tells of it again (DOMAIN §4): what was absent is added,
 * another amount, line set, time or currency contradicts. A file's refunds are sums so far: what exceeds
 * the refunds already kept becomes one more refund, less is older news and changes nothing.
 */
export function mergeOrder(before: Order, draft: OrderDraft): Merge {
  const kept = withItemsTold(before, draft);
  const hasNewLines = kept !== before;
  const told = nameLinesAsKept(kept, draft);
  const contradiction = findContradiction(kept, told);
  if (contradiction !== null) return contradiction;
  const newEvents = told.events.filter((event) => isNewEvent(kept, event));
  const newRefunds = newRefundsOf(told, kept.refunds);
  const order: Order = {
    ...kept,
    shippingMinor: kept.shippingMinor ?? told.shippingMinor,
    taxMinor: kept.taxMinor ?? told.taxMinor,
    taxIncludedMinor: kept.taxIncludedMinor ?? told.taxIncludedMinor,
    promisedBy: kept.promisedBy ?? told.promisedBy,
    events: [...kept.events, ...newEvents],
    refunds: [...kept.refunds, ...newRefunds],
  };
  const isSame =
    !hasNewLines &&
    newEvents.length === 0 &&
    newRefunds.length === 0 &&
    order.shippingMinor === kept.shippingMinor &&
    order.taxMinor === kept.taxMinor &&
    order.taxIncludedMinor === kept.taxIncludedMinor &&
    order.promisedBy === kept.promisedBy;
  return isSame ? { kind: 'unchanged' } : { kind: 'completed', order, newEvents, newRefunds, hasNewLines };
}

/** What a draft tells of refunds that is not among `kept`: those it names, then what its sums say beyond all of them. */
export function newRefundsOf(draft: OrderDraft, kept: readonly Refund[]): Refund[] {
  const named = draft.refunds.filter(({ refundId }) => !kept.some((one) => one.refundId === refundId));
  const rest = refundOf(draft, refundsByLine([...kept, ...named]));
  return rest === null ? named : [...named, rest];
}

/** The refund a file's sums stand for when the order keeps fewer; null when there is nothing to give back. */
function refundOf(draft: OrderDraft, alreadyByLine: ReadonlyMap<string, bigint>): Refund | null {
  if (draft.refundedByLine === null) return null;
  const more = [...draft.refundedByLine]
    .map(([lineId, sumMinor]) => ({
      lineId,
      sumMinor,
      amountMinor: sumMinor - (alreadyByLine.get(lineId) ?? 0n),
    }))
    .filter(({ amountMinor }) => amountMinor > 0n);
  const lines = draft.isRefundShared ? withinSum(more, draft.refundedByLine, alreadyByLine) : more;
  if (lines.length === 0) return null;
  const told = latestOf(draft.events)?.at ?? draft.placedAt;
  return {
    refundId: `file:${lines.map(({ lineId, sumMinor }) => `${lineId}=${sumMinor}`).join(',')}`,
    at: told.at > draft.placedAt.at ? told : draft.placedAt,
    reason: null,
    lines: lines.map(({ lineId, amountMinor }) => ({ lineId, amountMinor })),
  };
}

/** A larger sum is not always a larger share of every line: no more than the sums differ by is new. */
function withinSum<Line extends { amountMinor: bigint }>(
  lines: readonly Line[],
  told: ReadonlyMap<string, bigint>,
  already: ReadonlyMap<string, bigint>,
): Line[] {
  const sum = (amounts: Iterable<bigint>) => [...amounts].reduce((total, amount) => total + amount, 0n);
  let left = sum(told.values()) - sum(already.values());
  return lines.flatMap((line) => {
    const amountMinor = smallerOf(line.amountMinor, left);
    left -= amountMinor;
    return amountMinor > 0n ? [{ ...line, amountMinor }] : [];
  });
}

function isNewEvent(kept: Order, told: OrderEvent): boolean {
  return !kept.events.some((event) => event.source === told.source && event.eventId === told.eventId);
}
