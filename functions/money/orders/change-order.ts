import type { Decision } from '../../ground/decision/decision.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { assertFresh, decideOnAccount } from '../accounts/change-account.ts';
import { commitAccounts, type Spending } from '../accounts/commit-accounts.ts';
import { listDueLots } from '../accounts/list-lots.ts';
import { listTotals } from '../accounts/list-totals.ts';
import type { AccountPlan, Terms } from '../accounts/plan-change.ts';
import { type Root, totalsByKey } from '../accounts/root.ts';
import { getBusiness } from '../business/business.ts';
import type { LotBook } from '../rewards/lots.ts';
import type { SettledRow } from '../rewards/settle.ts';
import type { OrderAnswer } from './answer.ts';
import { type AnswerParts, buildOrderAnswer, buildSaleAnswer } from './build-answer.ts';
import { listCounted } from './list-counted.ts';
import { findOrderPeople } from './list-order-people.ts';
import { listVoucherPayments } from './list-voucher-payments.ts';
import { countedKeys, paidByOrder } from './load-order-context.ts';
import { loadOrders, orderKey } from './load-orders.ts';
import { tellEvents, tellRewards } from './notices.ts';
import type { Order } from './order.ts';
import { type FindAddition, withAddition } from './order-addition.ts';
import { stateOf } from './order-state.ts';
import { toSettledRow } from './page-shares.ts';
import { planAddition } from './plan-addition.ts';
import { listAccountsOfOrder, listLaterCounted } from './queries.ts';
import { recountIfStale } from './recount.ts';
import { changeSale, findSale } from './waiting/record-sale.ts';

/** What rides along with a change of an order: rows, and what the same act books before anything is posted. */
export interface BesideChange extends Alongside<OrderAnswer> {
  books?: (book: LotBook, terms: Terms, order: Order) => Spending;
}

export interface ChangedOrder {
  outcome: 'created' | 'unchanged';
  order: OrderAnswer;
}

/**
 * Adds one event or refund to a kept order, in one atomic write together with what it moves in rewards, history
 * and mail. `find` looks at the order and says what to add, or null when nothing is new.
 * @throws {AppError} `not_found`, whatever `find` throws, `unavailable`
 */
export async function changeOrder(
  ctx: Context,
  key: { source: string; number: string },
  find: FindAddition,
  options: BesideChange,
): Promise<ChangedOrder> {
  const first = await findPlace(ctx, key);
  if (first === null) return changeWaiting(ctx, key, find, options);
  const changed = await decideOnAccount(ctx, first.rootId, (seen) => decide(seen, key, find, options));
  if (changed.outcome === 'created') ctx.wakeMail('soon');
  return changed;
}

/** An order as the API answers it. @throws {AppError} `not_found` */
export async function answerOrder(
  ctx: Context,
  key: { source: string; number: string },
): Promise<OrderAnswer> {
  const loaded = await loadParts(ctx, key);
  if (loaded !== null) return buildOrderAnswer(loaded.parts, loaded.business, ctx.now());
  const waiting = await findSale(ctx, key);
  if (waiting === null) throw notFound();
  return buildSaleAnswer(waiting.sale, waiting.business);
}

/** The same for a sale that waits for somebody to say whose it is; given meanwhile, it is an order. */
async function changeWaiting(
  ctx: Context,
  key: { source: string; number: string },
  find: FindAddition,
  options: BesideChange,
): Promise<ChangedOrder> {
  const changed = await changeSale(ctx, key, {
    find: (sale) => {
      const addition = find(sale.order);
      return addition === null ? null : { ...sale, order: withAddition(sale.order, addition).order };
    },
    alongside: (answer, status) => options.alongside?.(answer, status) ?? [],
  });
  if (changed !== null) return changed;
  if ((await findPlace(ctx, key)) === null) throw notFound();
  return changeOrder(ctx, key, find, options);
}

const notFound = () => new AppError('not_found', 'There is no such order.');

async function decide(
  ctx: Context,
  key: { source: string; number: string },
  find: FindAddition,
  options: BesideChange,
): Promise<ChangedOrder> {
  const loaded = await loadParts({ ...ctx, db: ctx.db.fresh }, key);
  if (loaded === null) throw notFound();
  const { parts, business, root, isClaimed, hasDueLots } = loaded;
  if (await recountIfStale(ctx, business, [root])) return decide(ctx, key, find, options);
  const now = ctx.now();
  const addition = find(parts.order, { byVouchers: parts.voucherPaid });
  if (addition === null) {
    assertFresh(ctx.db);
    const answer = buildOrderAnswer(parts, business, now);
    const kept = options.alongside?.(answer, 200) ?? [];
    if (kept.length > 0) await ctx.db.write(kept);
    return { outcome: 'unchanged', order: answer };
  }
  const actor = actorName(ctx.actor);
  const { order, events, state, draft, first } = planAddition(loaded, addition, { now, actor });
  let answer: OrderAnswer | null = null;
  const last = (plan: AccountPlan, { rows }: { rows: SettledRow[][] }): Decision => {
    const after = { ...parts, order, state, totals: plan.totals, own: rows[0] ?? [] };
    answer = buildOrderAnswer(after, business, now);
    return {
      letters: [
        ...tellEvents(ctx, order, events, { customerId: order.customerId, isClaimed }),
        ...tellRewards(ctx, plan, business, () => order.customerId),
      ],
      beside: options.alongside?.(answer, 201) ?? [],
    };
  };
  const terms = { business, now, actor };
  const unit = { draft, first, hasDueLots, last, ...spending(options, terms, order) };
  const [committed] = await commitAccounts(ctx, [unit], terms);
  if (committed?.outcome.ok === false) throw committed.outcome.error;
  assert(answer !== null, 'a changed order was answered');
  return { outcome: 'created', order: answer };
}

/** What a change books beside what it posts, as an account's unit takes it. */
export function spending({ books }: Pick<BesideChange, 'books'>, terms: Terms, order: Order) {
  return books === undefined ? {} : { spend: (book: LotBook) => books(book, terms, order) };
}

async function findPlace(ctx: Context, key: { source: string; number: string }) {
  return (await findOrderPeople(ctx.db, key))[0] ?? (await findOrderPeople(ctx.db.fresh, key))[0] ?? null;
}

export type LoadedParts = NonNullable<Awaited<ReturnType<typeof loadParts>>>;

/**
 * Everything an order's answer and its change rest on, in two round trips. The account is read no later than the
 * order, so that whatever happens to the order meanwhile clashes at the account's lock.
 */
export async function loadParts(ctx: Context, key: { source: string; number: string }) {
  const { db } = ctx;
  const keys = JSON.stringify([[key.source, key.number]]);
  const [accounts, business, orders, people, payments] = await Promise.all([
    listAccountsOfOrder(db, { source: key.source, number: key.number }),
    getBusiness(ctx),
    loadOrders(db, [key]),
    findOrderPeople(db, key),
    listVoucherPayments(db, { keys }),
  ]);
  const order = orders.get(orderKey(key));
  const person = people[0];
  if (order === undefined || person === undefined) return null;
  const ids = JSON.stringify([order.rootId]);
  const place = {
    rootId: order.rootId,
    placedAt: order.placedAt.at,
    number: order.number,
    source: order.source,
  };
  const [totals, own, later, due] = await Promise.all([
    listTotals(db, { ids }),
    listCounted(db, { keys: countedKeys([place]) }),
    listLaterCounted(db, place),
    listDueLots(db, { ids, now: ctx.now() }),
  ]);
  const root: (Root & { kind: string; name: string }) | undefined = accounts.find(
    ({ id }) => id === order.rootId,
  );
  assert(root !== undefined, 'an order belongs to a root account');
  const department =
    order.accountId === order.rootId ? undefined : accounts.find(({ id }) => id === order.accountId);
  const parts: AnswerParts = {
    order,
    state: stateOf(order),
    customer: { email: person.email, key: person.key, name: person.name },
    account: root.kind === 'shared' ? root.name : null,
    department: department?.name ?? null,
    root,
    totals: totalsByKey(totals),
    own: own.map(toSettledRow),
    later: later.map(toSettledRow),
    voucherPaid: paidByOrder(payments).get(orderKey(order)) ?? 0n,
  };
  return { parts, business, root, isClaimed: person.claimedAt !== null, hasDueLots: due.length > 0 };
}
