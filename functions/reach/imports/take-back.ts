import type { Context } from '../../ground/platform/context.ts';
import { takeGoods } from '../../money/orders/lines-as-kept.ts';
import { listOrderPeople } from '../../money/orders/list-order-people.ts';
import { loadOrders, orderKey } from '../../money/orders/load-orders.ts';
import type { Order, OrderDraft, OrderEvent, Refund } from '../../money/orders/order.ts';
import { refundsByLine } from '../../money/orders/order-state.ts';
import type { EventStatus } from '../../money/orders/statuses.ts';
import { listSalesByKey } from '../../money/orders/waiting/find-sales.ts';
import { draftOf as toDraft } from '../../money/orders/waiting/sale.ts';
import type { ImportUnit } from './import-unit.ts';
import { keptDraft, type OrderPerson } from './kept-draft.ts';
import { momentOf } from './moment-of.ts';
import { because, type Reason } from './reason.ts';
import { type MoneyLine, takeBack } from './settle-money.ts';
import type { StagedTakeBack } from './staged-refunds.ts';
import { withoutRepeats } from './without-repeats.ts';

/**
 * What is taken back of sales that earlier files told, as units of one account each. Orders that nobody told before go
 * to `refuse`.
 */
export async function takeBackUnits(
  ctx: Context,
  takeBacks: readonly StagedTakeBack[],
  refuse: (takeBack: StagedTakeBack, reason: Reason) => void,
): Promise<ImportUnit[]> {
  const db = ctx.db.fresh;
  const keys = takeBacks.map(({ source, number }) => ({ source, number }));
  const pairs = JSON.stringify(keys.map((key) => Object.values(key)));
  const [people, sales] = await Promise.all([
    listOrderPeople(db, { keys: pairs }),
    listSalesByKey(db, { keys: pairs }),
  ]);
  const saleOf = new Map(sales.map((sale) => [orderKey(sale.order), sale]));
  const personOf = new Map(people.map((person) => [orderKey(person), person]));
  const waiting: ImportUnit[] = [];
  const byRoot = new Map<string, { takeBack: StagedTakeBack; person: OrderPerson }[]>();
  for (const one of takeBacks) {
    const person = personOf.get(orderKey(one));
    const sale = saleOf.get(orderKey(one));
    if (sale !== undefined) waiting.push(waitingUnit(ctx, one));
    else if (person === undefined) refuse(one, because('sale_unknown'));
    else byRoot.set(person.rootId, [...(byRoot.get(person.rootId) ?? []), { takeBack: one, person }]);
  }
  const owned = [...byRoot.values()].map(
    (own): ImportUnit => ({
      key: keyOf(own.map((one) => one.takeBack)),
      places: () => own.map(({ takeBack: { line, source, number } }) => ({ line, source, number })),
      errors: () => [],
      rows: own.reduce((sum, one) => sum + one.takeBack.rows.length, 0),
      async drafts(timeZone) {
        const orders = await loadOrders(
          ctx.db.fresh,
          own.map((one) => one.takeBack),
        );
        return own.flatMap((one) => {
          const order = orders.get(orderKey(one.takeBack));
          return order === undefined ? [] : [draftOf(order, one, timeZone)];
        });
      },
    }),
  );
  return [...waiting, ...owned];
}

/** By the first of its orders. */
const keyOf = ([first]: readonly StagedTakeBack[]) => `refunds:${first === undefined ? '' : orderKey(first)}`;

/** The same of a sale that waits for somebody to say whose it is. */
function waitingUnit(ctx: Context, told: StagedTakeBack): ImportUnit {
  const { line, source, number, rows } = told;
  return {
    key: keyOf([told]),
    places: () => [{ line, source, number }],
    errors: () => [],
    rows: rows.length,
    async drafts(timeZone) {
      const [sale] = await listSalesByKey(ctx.db.fresh, { keys: JSON.stringify([[source, number]]) });
      if (sale === undefined) return [];
      const { order, customerName, account, department } = sale;
      const draft = toDraft(order, { buyer: { kind: 'nobody' }, customerName, account, department });
      return [withNews(draft, order, { told, timeZone })];
    },
  };
}

/** The kept order, told again with the refunds it does not know yet. */
function draftOf(
  order: Order,
  { takeBack: told, person }: { takeBack: StagedTakeBack; person: OrderPerson },
  timeZone: string,
): OrderDraft {
  return withNews(keptDraft(order, person), order, { told, timeZone });
}

/** The same told again with the states and refunds of a file. */
function withNews(
  draft: OrderDraft,
  order: Order,
  { told, timeZone }: { told: StagedTakeBack; timeZone: string },
): OrderDraft {
  const currency = told.rows.find(({ isRefund }) => isRefund)?.currency ?? order.currency;
  const events = told.rows.flatMap(({ isRefund, status }) =>
    isRefund || status === null ? [] : [newsOf(order, status)],
  );
  const news = { currency, events: [...draft.events, ...events], refunds: refundsOf(order, told, timeZone) };
  const cancelledGoods = told.rows.filter(({ isCancelled }) => isCancelled);
  if (cancelledGoods.length === 0) return { ...draft, ...news };
  const lines = [...draft.lines];
  for (const goods of cancelledGoods) takeGoods(lines, goods);
  return { ...draft, ...news, lines, refundedByLine: new Map(), cancelledGoods };
}

/** A new state is told as of when the order was placed, as with a file that tells the order whole. */
function newsOf({ source, placedAt }: Order, status: EventStatus): OrderEvent {
  const silent = { note: null, carrier: null, trackingNumber: null, trackingUrl: null, parcel: null };
  return { source, eventId: `status:${status}`, status, at: placedAt, ...silent };
}

function refundsOf(order: Order, told: StagedTakeBack, timeZone: string): Refund[] {
  const known = new Set(order.refunds.map(({ refundId }) => refundId));
  const rows = withoutRepeats(told.rows)
    .filter(({ isRefund }) => isRefund)
    .map((row) => ({ ...row, refundId: row.refundId ?? unnamedId(row) }))
    .filter(({ refundId }) => !known.has(refundId));
  const refunded = refundsByLine(order.refunds);
  const lines = order.lines.map(
    ({ lineId, sku, product, totalMinor, discountMinor }): MoneyLine => ({
      id: lineId,
      sku,
      product,
      total: totalMinor,
      discount: discountMinor,
      refunded: refunded.get(lineId) ?? 0n,
    }),
  );
  const left = new Map(lines.map((line) => [line.id, line.total - line.discount - line.refunded]));
  return takeBack(lines, rows, left).map(({ refundId, at, lines: parts }) => ({
    refundId,
    at: at === null ? order.placedAt : momentOf(at, timeZone),
    reason: null,
    lines: parts.map(({ id, amount }) => ({ lineId: id, amountMinor: amount })),
  }));
}

/** A refund without a name is known again by what it says. */
function unnamedId({ refundedAt, sku, product, total, discount }: StagedTakeBack['rows'][number]): string {
  const at = refundedAt === null ? '' : JSON.stringify(Object.values(refundedAt));
  return `file:${[at, sku, product, total - discount].join('|').slice(0, 190)}`;
}
