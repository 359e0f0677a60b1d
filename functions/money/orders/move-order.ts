import { insertInto, statement } from '../../../db/query.ts';
import { orderMoves } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { normalEmail } from '../../ground/platform/email.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { decideOnAccount } from '../accounts/change-account.ts';
import { commitTogether } from '../accounts/commit-accounts.ts';
import { STALE } from '../accounts/plan-change.ts';
import { loadParts } from './change-order.ts';
import { findOrderPeople } from './list-order-people.ts';
import { departmentKey, loadOrderContext, type OrderContext } from './load-order-context.ts';
import type { OrderDraft } from './order.ts';
import { findBuyer, openPeople } from './people.ts';
import { planMove } from './plan-move.ts';
import { recountIfStale } from './recount.ts';
import { draftOf } from './waiting/sale.ts';

export interface OrderMove {
  source: string;
  number: string;
  /** Whose it is: a customer we have. */
  email: string;
  /** The company or household it was bought for, and the department; null for the customer's own account. */
  account: string | null;
  department: string | null;
  reason: string | null;
  /** Made with the form: sent twice, the order moves once. */
  key: string;
}

const insertMove = insertInto(orderMoves);

/**
 * Gives an order to another customer or account as if it had always been theirs: in one atomic write both accounts are
 * counted anew and the differences posted, both histories tell of it, and what rooms keep beside it follows. Moving it back
 * undoes it.
 * @throws {AppError} `not_found`, `validation_failed` for a customer, account or department that is none, `unavailable`
 */
export async function moveOrder(ctx: Context, move: OrderMove): Promise<'moved' | 'unchanged'> {
  allow(ctx.actor, 'orders:write');
  allow(ctx.actor, 'customers:write');
  const [first] = await findOrderPeople(ctx.db.fresh, { source: move.source, number: move.number });
  if (first === undefined) throw notFound();
  try {
    return await decideOnAccount(ctx, first.rootId, (seen) => decide(seen, move));
  } catch (error) {
    if (isConflictOn(error, 'order_moves.id')) return 'unchanged';
    throw error;
  }
}

const notFound = () => new AppError('not_found', 'There is no such order.');

async function decide(ctx: Context, move: OrderMove): Promise<'moved' | 'unchanged'> {
  const fresh = { ...ctx, db: ctx.db.fresh };
  const loaded = await loadParts(fresh, move);
  if (loaded === null) throw notFound();
  const { parts, business } = loaded;
  const { order } = parts;
  const draft = draftTo(order, move);
  const known = await loadOrderContext(fresh, [draft]);
  if (await recountIfStale(ctx, business, [loaded.root, ...known.accounts.values()]))
    return decide(ctx, move);
  assertKnown(known, draft);
  const now = ctx.now();
  const people = openPeople(known, now);
  const target = people.rootOf([draft]);
  const home = people.placeOf(draft);
  if (home.accountId === order.accountId && home.customerId === order.customerId) return 'unchanged';
  const units = planMove({
    ...{ loaded, target, home, now, totals: known.totals.get(target.id) ?? new Map() },
    hasDueLots: known.dueLots.has(target.id),
    firstPlacedLeft: await findFirstPlaced(fresh, order),
    statements: [
      ...people.statements,
      statement(
        'UPDATE orders SET customer_id = ?, account_id = ?, root_id = ? WHERE id = ?',
        ...[home.customerId, home.accountId, target.id, order.id],
      ),
      ...ctx.house.orderFollowers.map((follow) =>
        follow(
          statement(
            'SELECT ? AS order_id, ? AS customer_id, ? AS root_id',
            ...[order.id, home.customerId, target.id],
          ),
        ),
      ),
      insertMove({
        ...{ id: move.key, orderId: order.id, reason: move.reason, at: now, actor: actorName(ctx.actor) },
        ...{ fromRootId: order.rootId, fromAccountId: order.accountId, fromCustomerId: order.customerId },
        ...{ toRootId: target.id, toAccountId: home.accountId, toCustomerId: home.customerId },
      }),
    ],
  });
  await commitTogether(ctx, units, { business, now, actor: actorName(ctx.actor) });
  const stale = units
    .filter(({ draft: one }) => one.isStale)
    .map(({ draft: one }) => ({ id: one.root.id, settledRevision: STALE }));
  await recountIfStale(ctx, business, stale);
  return 'moved';
}

function draftTo(order: Parameters<typeof draftOf>[0], move: OrderMove): OrderDraft {
  const email = normalEmail(move.email);
  if (email === null) throw wrongField('email', 'invalid_email', 'has to be an email address');
  const { account, department } = move;
  if (department !== null && account === null)
    throw wrongField('account', 'required', 'is required with a department');
  return draftOf(order, {
    buyer: { kind: 'email', email, key: null },
    account,
    department,
    customerName: null,
  });
}

/** A typing mistake makes nobody and nothing new. */
function assertKnown(known: OrderContext, draft: OrderDraft): void {
  const { account, department } = draft;
  if (findBuyer(known, draft) === undefined)
    throw wrongField('email', 'unknown_customer', 'is of no customer');
  if (account === null) return;
  const root = known.sharedByName.get(account);
  if (root === undefined) throw wrongField('account', 'unknown_account', 'is no company or household');
  if (department !== null && !known.departments.has(departmentKey(root.id, department)))
    throw wrongField('department', 'unknown_department', 'is no department of this account');
}

/** When the account's other orders began. */
async function findFirstPlaced(
  { db }: Context,
  { rootId, id }: { rootId: string; id: string },
): Promise<number | null> {
  const [row] = await db.read(
    statement('SELECT min(placed_at) FROM orders WHERE root_id = ? AND id <> ?', rootId, id),
  );
  return row?.[0] == null ? null : Number(row[0]);
}
