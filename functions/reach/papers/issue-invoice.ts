import { unchanged } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { listOrderPlaces } from '../../money/accounts/own-places.ts';
import { isInPlace } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { listOrdersByKey } from '../../money/orders/find-order-rows.ts';
import { loadOrders, orderKey } from '../../money/orders/load-orders.ts';
import type { Order } from '../../money/orders/order.ts';
import { stateOf } from '../../money/orders/order-state.ts';
import { decidePapers } from './decide-papers.ts';
import type { PaperDraft } from './plan-papers.ts';
import { type InvoiceWhen, invoiceWhen, sellerOf } from './policies.ts';
import { findPaper, listOfOrder, type PaperRow } from './queries.ts';
import { type PaperAnswer, toPaperAnswer } from './schema.ts';
import { type Paper, toPaper } from './whole-paper.ts';

export interface OrderNamed {
  source: string;
  number: string;
}

/**
 * The invoice of an order, issued now unless it stands already, with the credit notes that are due by then. Its number is given
 * within the write, so that none is left out whatever happens. The signed-in customer asks for orders that they see, staff and
 * programs for any.
 * @throws {AppError} `not_found`, `invoices_off` while the business has not given its details, `order_cancelled`,
 *   `invoice_not_yet` for a customer before it is due, `forbidden`, `scope_missing`
 */
export async function issueInvoice(
  ctx: Context,
  key: OrderNamed,
  options: Alongside<PaperAnswer> = {},
): Promise<Paper> {
  const rootId = await findRoot(ctx, key);
  const keep = (paper: Paper) => options.alongside?.(toPaperAnswer(paper), 201) ?? [];
  const issued = await writeHistory<{ paper: Paper; isNew: boolean }>(ctx, rootId, async (seen) => {
    const { order, rows, decision, added } = await lookAt(seen, key, { isAsked: true });
    if (order.rootId !== rootId) throw new AppError('unavailable', 'The order is being moved; try again.');
    const latest = latestIn(rows, order);
    const paper = foreseen(seen, order, added) ?? (latest === null ? null : toPaper(latest));
    if (paper === null) throw new AppError('order_cancelled', 'A cancelled order gets no invoice.');
    if (decision === null) return { ...unchanged, result: { paper, isNew: false } };
    return { ...decision, beside: keep(paper), result: { paper, isNew: true } };
  });
  if (!issued.isNew) await writeDecision(ctx, { beside: keep(issued.paper) });
  const row = await findPaper(ctx.db.fresh, { id: issued.paper.id });
  assert(row !== null, 'a paper that was issued is there');
  return toPaper(row);
}

/**
 * Issues what is due of an order by itself: credit notes of its invoice and, where `isAsked`, an invoice. Nothing to do is nothing
 * done. @returns how many were issued
 */
export async function issueDue(ctx: Context, key: OrderNamed, isAsked: boolean): Promise<number> {
  allow(ctx.actor, 'orders:write');
  const [row] = await listOrdersByKey(ctx.db.fresh, { keys: JSON.stringify([[key.source, key.number]]) });
  if (row === undefined) return 0;
  const { rootId } = row;
  return writeHistory<number>(ctx, rootId, async (seen) => {
    const { order, decision, added } = await lookAt(seen, key, { isAsked });
    if (order.rootId !== rootId || decision === null) return { ...unchanged, result: 0 };
    return { ...decision, result: added.length };
  });
}

/** The invoice among what is to be issued; its number is known once it is written. */
function foreseen(ctx: Context, order: Order, added: readonly PaperDraft[]): Paper | null {
  const draft = added.find(({ invoiceId }) => invoiceId === null);
  if (draft === undefined) return null;
  const { id, document } = draft;
  const { source, number, customerId, accountId, rootId } = order;
  return {
    ...{ id, kind: document.kind, number: '', issuedOn: document.issuedOn, order: { source, number } },
    ...{ total: { minor: document.totalMinor, currency: document.currency }, corrects: null },
    ...{ customerId, accountId, rootId, document, hash: '', buyer: null, at: ctx.now() },
  };
}

async function findRoot(ctx: Context, key: OrderNamed): Promise<string> {
  const { actor } = ctx;
  if (actor.kind !== 'customer') allow(actor, 'orders:write');
  const [row] = await listOrdersByKey(ctx.db.fresh, { keys: JSON.stringify([[key.source, key.number]]) });
  const isSeen = async () =>
    actor.kind !== 'customer' ||
    (row !== undefined && (await listOrderPlaces(ctx)).some((place) => isInPlace(place, row)));
  if (row === undefined || !(await isSeen())) throw gone();
  return row.rootId;
}

const gone = () => new AppError('not_found', 'There is no such order.');

/** An order as it stands, what was issued of it, and what is to be issued now. */
async function lookAt(ctx: Context, key: OrderNamed, { isAsked }: { isAsked: boolean }) {
  const db = ctx.db.fresh;
  const [business, orders] = await Promise.all([getBusiness({ ...ctx, db }), loadOrders(db, [key])]);
  const order = orders.get(orderKey(key));
  if (order === undefined) throw gone();
  const seller = sellerOf(business);
  if (seller === null) throw new AppError('invoices_off', 'The business has not given its details yet.');
  const rows = await listOfOrder(db, { orderId: order.id });
  const isTheirs = ctx.actor.kind !== 'customer' || latestIn(rows, order) !== null;
  if (!isTheirs && !isDueFor(order, policyOf(business, invoiceWhen)))
    throw new AppError('invoice_not_yet', 'The invoice of this order is issued once it is delivered.');
  return { order, rows, ...(await decidePapers(ctx, { business, seller, order, rows, isAsked })) };
}

/** The newest invoice of an order that was issued to whoever has the order now. */
export const latestIn = (rows: readonly PaperRow[], { rootId }: Pick<Order, 'rootId'>): PaperRow | null =>
  rows.findLast((row) => row.kind === 'invoice' && row.rootId === rootId) ?? null;

/** Whether a customer may ask for the invoice of an order by now. */
export const isDueFor = (order: Order, when: InvoiceWhen): boolean =>
  when !== 'delivered' || stateOf(order).deliveredAt !== null;
