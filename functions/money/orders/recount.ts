import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { type AccountUnit, type CommittedUnit, commitAccounts } from '../accounts/commit-accounts.ts';
import { listAccounts } from '../accounts/list-accounts.ts';
import { listDueLots } from '../accounts/list-lots.ts';
import { listTotals } from '../accounts/list-totals.ts';
import { notePosted } from '../accounts/note-posted.ts';
import { type CountedChange, STALE } from '../accounts/plan-change.ts';
import { type Root, standingOf, totalsByKey } from '../accounts/root.ts';
import { reachedBy } from '../accounts/segment-spans.ts';
import type { Business } from '../business/business.ts';
import { countedOf } from '../rewards/count.ts';
import type { SettledRow } from '../rewards/settle.ts';
import { ordersIn } from './business-days.ts';
import { listCountedOfRoots } from './list-counted.ts';
import { listVoucherPaymentsOfRoots } from './list-voucher-payments.ts';
import { countedByOrder, paidByOrder } from './load-order-context.ts';
import { loadOrdersOfRoots, orderKey } from './load-orders.ts';
import { tellRewards } from './notices.ts';
import type { Order } from './order.ts';
import { factsOf, stateOf } from './order-state.ts';

/**
 * Counts all orders of some root accounts again under the programme in force and posts the differences, each account
 * in one atomic write. What comes out depends only on orders and programme. Accounts that need nothing are only marked.
 */
export async function recountAccounts(
  ctx: Context,
  business: Business,
  rootIds: readonly string[],
  options: { isDryRun?: boolean; reason?: 'recounted' | 'settled' } = {},
): Promise<CommittedUnit[]> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const ids = JSON.stringify(rootIds);
  const [kept, totals, placed, counted, payments, due] = await Promise.all([
    listAccounts(db, { ids }),
    listTotals(db, { ids }),
    loadOrdersOfRoots(db, rootIds),
    listCountedOfRoots(db, { ids }),
    listVoucherPaymentsOfRoots(db, { ids }),
    listDueLots(db, { ids, now }),
  ]);
  const orders = options.isDryRun === true ? ordersIn(business.timeZone, placed) : placed;
  const ordersOf = Map.groupBy(orders, (order) => order.rootId);
  const roots = options.isDryRun === true ? kept.map((root) => joinedBy(root, ordersOf)) : kept;
  const totalsOf = Map.groupBy(totals, (row) => row.rootId);
  const facts = { counted: countedByOrder(counted), paid: paidByOrder(payments), business, now };
  const customerOf = new Map(orders.map((order) => [orderKey(order), order.customerId]));
  const units = roots.map((root): AccountUnit => {
    const changes = changesOf(root, ordersOf.get(root.id) ?? [], facts);
    return {
      draft: {
        root,
        totals: totalsByKey(totalsOf.get(root.id) ?? []),
        changes,
        spend: new Map(),
        history: {
          kind: options.reason ?? 'recounted',
          orderId: null,
          detail: { revision: business.revision, orders: changes.length },
        },
        isStale: false,
      },
      first: [],
      hasDueLots: due.some(({ accountId }) => accountId === root.id),
      earnsFirst: true,
      last: (plan) => ({
        letters: tellRewards(ctx, plan, business, (order) => customerOf.get(orderKey(order)) ?? null),
        beside: isReached(root, business) ? notePosted(ctx, business.revision, plan.entries) : [],
      }),
    };
  });
  const isMoved = ({ draft, hasDueLots }: AccountUnit) => draft.changes.length > 0 || hasDueLots;
  const unmoved = units
    .filter((unit) => !isMoved(unit))
    .map(({ draft }) => markSettled(draft.root, business.revision));
  if (unmoved.length > 0 && options.isDryRun !== true) await ctx.db.write(unmoved);
  const terms = { business, now, actor: actorName(ctx.actor) };
  return commitAccounts(ctx, units.filter(isMoved), terms, options);
}

/** Whether it is the programme in force that an account is counted anew for, and not something of its own. */
function isReached({ settledRevision }: Root, { revision }: Business): boolean {
  return settledRevision !== STALE && settledRevision < revision;
}

/** A root account whose first order is the first of these: a dry run has read their days in another time zone. */
function joinedBy(root: Root, ordersOf: ReadonlyMap<string, readonly Order[]>): Root {
  const first = ordersOf.get(root.id)?.[0];
  return first === undefined ? root : { ...root, firstPlacedAt: first.placedAt.at };
}

/** An account in which the programme moves nothing; if somebody else just changed it, they counted it themselves. */
function markSettled(root: Root, revision: number): Statement {
  const sql = `UPDATE accounts SET ${reachedBy} WHERE id = ? AND history_seq = ?`;
  return statement(sql, revision, root.id, root.historySeq);
}

/** Recounts those of some accounts that a newer programme has not reached yet; true when there were any. */
export async function recountIfStale(
  ctx: Context,
  business: Business,
  accounts: readonly Pick<Root, 'id' | 'settledRevision'>[],
): Promise<boolean> {
  const stale = accounts
    .filter(({ settledRevision }) => settledRevision !== business.revision)
    .map(({ id }) => id);
  if (stale.length === 0) return false;
  const committed = await recountAccounts(ctx, business, stale);
  for (const { outcome } of committed) if (!outcome.ok) throw outcome.error;
  return true;
}

/** The orders of an account that count otherwise than is kept, each with both. */
export function changesOf(
  root: Root,
  orders: readonly Order[],
  facts: {
    counted: ReadonlyMap<string, SettledRow[]>;
    paid: ReadonlyMap<string, bigint>;
    business: Business;
    now: number;
  },
): CountedChange[] {
  const { business, now } = facts;
  const { compiled } = business;
  if (compiled === null) return [];
  const standing = standingOf(root, business, now);
  return orders.flatMap((order) => {
    const before = facts.counted.get(order.id) ?? [];
    const after = countedOf(
      factsOf(order, stateOf(order), facts.paid.get(orderKey(order)) ?? 0n),
      compiled,
      standing,
    );
    if (isSettledAsCounted(before, after, now)) return [];
    return [{ order, placedAt: order.placedAt.at, before, after, effectiveAt: now }];
  });
}

function isSettledAsCounted(
  before: readonly SettledRow[],
  after: ReturnType<typeof countedOf>,
  now: number,
): boolean {
  return (
    before.length === after.length &&
    after.every((row) =>
      before.some(
        (kept) =>
          kept.ruleId === row.ruleId &&
          kept.version === row.version &&
          kept.period.start === row.period.start &&
          kept.counted === row.counted &&
          kept.settlesAt === row.settlesAt &&
          kept.isSettled === (row.settlesAt !== null && row.settlesAt <= now),
      ),
    )
  );
}
