import { statement } from '../../db/query.ts';
import type { Statement } from '../../db/store.ts';
import { isContention } from '../accounts/change-account.ts';
import { type AccountUnit, commitAccounts } from '../accounts/commit-accounts.ts';
import { STALE } from '../accounts/plan-change.ts';
import { listAccounts, listDueLots, listTotals } from '../accounts/queries.ts';
import { type Root, type TotalRow, totalsByKey } from '../accounts/root.ts';
import { recordAct } from '../audit/record-act.ts';
import { type Business, getBusiness } from '../business/business.ts';
import { countedByOrder } from '../orders/known.ts';
import { loadOrdersOfRoots } from '../orders/load-orders.ts';
import type { Order } from '../orders/order.ts';
import { spendOf, stateOf } from '../orders/order-state.ts';
import { movesPeriods } from '../orders/plan-drafts.ts';
import { listCountedOfRoots } from '../orders/queries.ts';
import { recountIfStale } from '../orders/recount.ts';
import { findChangedSale, listSalesOfImport } from '../orders/waiting/queries.ts';
import { allow } from '../platform/allow.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { SettledRow } from '../rewards/settle.ts';
import {
  findImport,
  findLaterNews,
  findPaidByVoucher,
  findRedeemed,
  listRootsOfImport,
} from './undo-queries.ts';

const TRIES_MAX = 20;

export interface UndoneImport {
  orders: number;
  accounts: number;
}

/**
 * Takes an import back while nothing was built on it: its orders are removed, what they earned is clawed back by ledger
 * entries, and accounts and customers that it alone had made are withdrawn. Interrupted, it goes on when run again.
 * @throws {AppError} `not_found`, `import_not_undoable` with what stands in the way
 */
export async function undoImport(
  ctx: Context,
  id: string,
  onProgress?: (accounts: number) => void,
): Promise<UndoneImport> {
  allow(ctx.actor, 'orders:write');
  const [found] = await findImport(ctx.db.fresh, { id });
  if (found === undefined) throw new AppError('not_found', 'There is no such import.');
  if (found.undoneAt !== null) throw new AppError('import_not_undoable', 'This import was undone already.');
  await assertNothingBuiltOn(ctx, id, null);
  const undone = { orders: 0, accounts: 0 };
  for (let tries = 1; ; ) {
    const roots = await listRootsOfImport(ctx.db.fresh, { id });
    if (roots.length === 0) break;
    const step = await undoStep(
      ctx,
      id,
      roots.map(({ rootId }) => rootId),
    );
    undone.orders += step.orders;
    undone.accounts += step.accounts;
    tries = step.accounts === 0 ? tries + 1 : 1;
    if (tries > TRIES_MAX)
      throw new AppError('unavailable', 'The accounts are being changed by others; try again.');
    onProgress?.(undone.accounts);
  }
  undone.orders += await removeSales(ctx, id);
  await ctx.db.write([
    statement('UPDATE imports SET undone_at = ? WHERE id = ?', ctx.now(), id),
    recordAct(ctx, {
      act: 'import.undone',
      subjectKind: 'import',
      subjectId: id,
      detail: { orders: undone.orders },
    }),
  ]);
  return undone;
}

/** Sales of nobody hang on no account: they only go. */
async function removeSales(ctx: Context, id: string): Promise<number> {
  for (let removed = 0; ; ) {
    const sales = await listSalesOfImport(ctx.db.fresh, { id });
    if (sales.length === 0) return removed;
    const ids = JSON.stringify(sales.map((sale) => sale.id));
    await ctx.db.write([
      statement(
        'DELETE FROM waiting_sales WHERE import_id = ? AND id IN (SELECT value FROM json_each(?))',
        id,
        ids,
      ),
    ]);
    removed += sales.length;
  }
}

/** Undoes some accounts, each in one atomic write; one that somebody else changes meanwhile comes round again. */
async function undoStep(ctx: Context, id: string, rootIds: readonly string[]): Promise<UndoneImport> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const ids = JSON.stringify(rootIds);
  const [business, roots, , totals, all, counted, due] = await Promise.all([
    getBusiness({ ...ctx, db }),
    listAccounts(db, { ids }),
    assertNothingBuiltOn(ctx, id, ids),
    listTotals(db, { ids }),
    loadOrdersOfRoots(db, rootIds),
    listCountedOfRoots(db, { ids }),
    listDueLots(db, { ids, now }),
  ]);
  if (await recountIfStale(ctx, business, roots)) return undoStep(ctx, id, rootIds);
  const kept = {
    business,
    totals: Map.groupBy(totals, (row) => row.rootId),
    orders: Map.groupBy(all, (order) => order.rootId),
    counted: countedByOrder(counted),
    due: new Set(due.map(({ accountId }) => accountId)),
  };
  const units = roots.map((root) => undoUnit(root, kept, { id, now }));
  const committed = await commitAccounts(ctx, units, { business, now, actor: actorName(ctx.actor) });
  const undone = { orders: 0, accounts: 0 };
  for (const [index, { outcome }] of committed.entries()) {
    if (!outcome.ok && !isContention(outcome.error)) throw outcome.error;
    if (!outcome.ok) continue;
    undone.accounts += 1;
    undone.orders += units[index]?.draft.changes.length ?? 0;
  }
  const stale = units
    .filter(({ draft }) => draft.isStale)
    .map(({ draft }) => ({ id: draft.root.id, settledRevision: STALE }));
  if (stale.length > 0) await recountIfStale(ctx, business, stale);
  return undone;
}

function undoUnit(
  root: Root,
  kept: {
    business: Business;
    totals: ReadonlyMap<string, TotalRow[]>;
    orders: ReadonlyMap<string, Order[]>;
    counted: ReadonlyMap<string, SettledRow[]>;
    due: ReadonlySet<string>;
  },
  { id, now }: { id: string; now: number },
): AccountUnit {
  const orders = kept.orders.get(root.id) ?? [];
  const gone = orders.filter(({ importId }) => importId === id);
  const left = orders.filter(({ importId }) => importId !== id);
  const spend = new Map<string, { minor: bigint; orders: number }>();
  for (const order of gone) {
    const before = spend.get(order.currency) ?? { minor: 0n, orders: 0 };
    const minor = before.minor - spendOf(stateOf(order));
    spend.set(order.currency, { minor, orders: before.orders - 1 });
  }
  const after = { ...root, firstPlacedAt: left[0]?.placedAt.at ?? null };
  return {
    draft: {
      root: after,
      totals: totalsByKey(kept.totals.get(root.id) ?? []),
      changes: gone.map((order) => ({
        order,
        placedAt: order.placedAt.at,
        before: kept.counted.get(order.id) ?? [],
        after: [],
        effectiveAt: now,
      })),
      spend,
      history: { kind: 'import_undone', orderId: null, detail: { import: id, orders: gone.length } },
      isStale: left.length > 0 && movesPeriods(root, after, kept.business, now),
    },
    first: [],
    hasDueLots: kept.due.has(root.id),
    last: () => [
      ...gone.flatMap((order) => removeOrder(order.id)),
      ...(left.length > 0 ? [] : withdraw(root.id, now)),
    ],
  };
}

function removeOrder(orderId: string): Statement[] {
  return ['refund_lines', 'refunds', 'order_events', 'order_lines']
    .map((table) => statement(`DELETE FROM ${table} WHERE order_id = ?`, orderId))
    .concat(statement('DELETE FROM orders WHERE id = ?', orderId));
}

/** An account nobody has signed in to and no order is left of is out of sight until it is needed again. */
function withdraw(rootId: string, now: number): Statement[] {
  const members =
    'SELECT customer_id FROM memberships WHERE account_id IN (SELECT id FROM accounts WHERE root_id = ?)';
  return [
    statement(
      `UPDATE customers SET withdrawn_at = ? WHERE claimed_at IS NULL AND id IN (${members})
       AND NOT EXISTS (SELECT 1 FROM memberships m JOIN accounts a ON a.id = m.account_id
         JOIN orders o ON o.root_id = a.root_id WHERE m.customer_id = customers.id AND o.customer_id = customers.id)`,
      now,
      rootId,
    ),
    statement(
      `UPDATE accounts SET withdrawn_at = ? WHERE id = ? AND NOT EXISTS
       (SELECT 1 FROM customers WHERE claimed_at IS NOT NULL AND id IN (${members}))`,
      now,
      rootId,
      rootId,
    ),
  ];
}

/** Looked at for the whole import first, then again for each step's accounts, under their locks. `ids` is a JSON array. */
async function assertNothingBuiltOn(ctx: Context, id: string, ids: string | null): Promise<void> {
  const db = ctx.db.fresh;
  const [[later], [changed], [redeemed], [paid]] = await Promise.all([
    findLaterNews(db, { id, ids }),
    findChangedSale(db, { id }),
    findRedeemed(db, { id, ids }),
    findPaidByVoucher(db, { id, ids }),
  ]);
  const refuse = (reason: string) => {
    throw new AppError('import_not_undoable', `This import can no longer be undone: ${reason}.`);
  };
  if (later !== undefined) refuse(`order ${later.number} has had news since`);
  if (changed !== undefined) refuse(`order ${changed.number} has had news since`);
  if (redeemed !== undefined) refuse('balance of an account in it was spent since');
  if (paid !== undefined) refuse(`order ${paid.number} was paid by a voucher`);
}
