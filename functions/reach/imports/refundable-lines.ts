import type { Moment } from '../../ground/platform/moment.ts';
import { nameLinesAsKept } from '../../money/orders/lines-as-kept.ts';
import { orderKey } from '../../money/orders/load-orders.ts';
import { newRefundsOf } from '../../money/orders/merge-order.ts';
import type { Order, OrderDraft, OrderLine, Refund } from '../../money/orders/order.ts';
import { refundsByLine } from '../../money/orders/order-state.ts';
import type { KeptOrder } from './kept-draft.ts';

/** A line of which something may be given back still. */
export interface RefundableLine {
  order: OrderDraft;
  line: OrderLine;
  /** Minor units that were paid and not given back. */
  left: bigint;
}

interface Goods {
  sku: string | null;
  product: string | null;
}

/** The lines of an account's orders, in a file and kept, and what is given back of them on the way. */
export function openRefundable(drafts: readonly OrderDraft[], kept: readonly KeptOrder[]) {
  const keptByKey = new Map(kept.map(({ order }) => [orderKey(order), order]));
  const told = drafts.map((draft) => {
    const order = keptByKey.get(orderKey(draft));
    return order === undefined ? draft : nameLinesAsKept(order, draft);
  });
  const toldKeys = new Set(told.map(orderKey));
  const silent = kept.flatMap(({ draft }) => (toldKeys.has(orderKey(draft)) ? [] : [draft]));
  const lines = Map.groupBy(
    [...told, ...silent].flatMap((order) => linesOf(order, keptByKey.get(orderKey(order)))),
    ({ line }) => goodsKey(line),
  );
  const given = new Map<string, Refund[]>();
  return {
    linesOf: (goods: Goods): readonly RefundableLine[] => lines.get(goodsKey(goods)) ?? [],

    refund(
      line: RefundableLine,
      { refundId, at, amount }: { refundId: string; at: Moment; amount: bigint },
    ): void {
      const key = orderKey(line.order);
      const refunds = given.get(key) ?? [];
      given.set(key, refunds);
      const id = freeId(refundId, keptByKey.get(key)?.refunds ?? []);
      addTo(
        refunds,
        { refundId: id, at: laterOf(at, line.order.placedAt), reason: null, lines: [] },
        {
          lineId: line.line.lineId,
          amountMinor: amount,
        },
      );
      line.left -= amount;
    },

    /** What earlier imports gave back under a credit note's number, to be taken off what its rows say. */
    alreadyGiven: (refundId: string) => openGiven([...keptByKey.values()], refundId),

    drafts: (): OrderDraft[] =>
      [...told, ...silent.filter((order) => given.has(orderKey(order)))]
        .map((order) => ({ ...order, refunds: [...order.refunds, ...(given.get(orderKey(order)) ?? [])] }))
        .sort((a, b) => a.placedAt.at - b.placedAt.at || (a.number < b.number ? -1 : 1)),
  };
}

function linesOf(order: OrderDraft, kept: Order | undefined): RefundableLine[] {
  const events = [...order.events, ...(kept?.events ?? [])];
  if (events.some(({ status }) => status === 'cancelled')) return [];
  const before = kept?.refunds ?? [];
  const refunded = refundsByLine([...before, ...newRefundsOf(order, before)]);
  return order.lines.map((line) => ({
    order,
    line,
    left: line.totalMinor - line.discountMinor - (refunded.get(line.lineId) ?? 0n),
  }));
}

function goodsKey({ sku, product }: Goods): string {
  return sku === null ? `product:${product ?? ''}` : `sku:${sku}`;
}

function addTo(refunds: Refund[], made: Refund, line: Refund['lines'][number]): void {
  const refund = refunds.find(({ refundId }) => refundId === made.refundId);
  const same = refund?.lines.find(({ lineId }) => lineId === line.lineId);
  if (refund === undefined) refunds.push({ ...made, lines: [line] });
  else if (same === undefined) refund.lines.push(line);
  else same.amountMinor += line.amountMinor;
}

/** A note that was placed in part before is placed on under another name. */
function freeId(refundId: string, kept: readonly Refund[]): string {
  let id = refundId;
  for (let part = 2; kept.some((refund) => refund.refundId === id); part += 1) id = `${refundId}+${part}`;
  return id;
}

function laterOf(a: Moment, b: Moment): Moment {
  return a.at < b.at ? b : a;
}

function openGiven(kept: readonly Order[], refundId: string) {
  const left = new Map<string, bigint>();
  for (const order of kept) {
    const lines = new Map(order.lines.map((line) => [line.lineId, line]));
    for (const refund of order.refunds) {
      if (refund.refundId !== refundId && !refund.refundId.startsWith(`${refundId}+`)) continue;
      for (const { lineId, amountMinor } of refund.lines) {
        const line = lines.get(lineId);
        if (line === undefined) continue;
        const key = goodsKey(line);
        left.set(key, (left.get(key) ?? 0n) + amountMinor);
      }
    }
  }
  return {
    take({ sku, product, amount }: Goods & { amount: bigint }): bigint {
      const key = goodsKey({ sku, product });
      const given = left.get(key) ?? 0n;
      const taken = given < amount ? given : amount;
      left.set(key, given - taken);
      return taken;
    },
  };
}
