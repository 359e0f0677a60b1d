import { statement } from '../../../db/query.ts';
import { isContention, retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { commitAccounts } from '../../money/accounts/commit-accounts.ts';
import { listAccounts } from '../../money/accounts/list-accounts.ts';
import { listDueLots } from '../../money/accounts/list-lots.ts';
import { listTotals } from '../../money/accounts/list-totals.ts';
import { STALE } from '../../money/accounts/plan-change.ts';
import { getBusiness } from '../../money/business/business.ts';
import { readChange, restoreSale } from '../../money/orders/import-change.ts';
import { listCountedOfRoots } from '../../money/orders/list-counted.ts';
import { listVoucherPaymentsOfRoots } from '../../money/orders/list-voucher-payments.ts';
import { countedByOrder, paidByOrder } from '../../money/orders/load-order-context.ts';
import { loadOrdersOfRoots } from '../../money/orders/load-orders.ts';
import { recountIfStale } from '../../money/orders/recount.ts';
import { findChangedSale, listSalesOfImport } from '../../money/orders/waiting/find-sales.ts';
import {
  findImport,
  findLastingChange,
  findLaterNews,
  findNewsAfterChange,
  findPaidByVoucher,
  findRedeemed,
  listChangedSales,
  listChangesOfRoots,
  listRootsOfImport,
} from './undo-queries.ts';
import { undoUnit } from './undo-unit.ts';

export interface UndoneImport {
  /** Taken away again. */
  orders: number;
  /** Of before the import, which are again what they were. */
  restored: number;
  accounts: number;
}

/**
 * Takes an import back while nothing was built on it: its orders are removed, those of before lose what it told of them, what
 * all that earned is clawed back by ledger entries, and accounts and customers that it alone had made are withdrawn. What it
 * taught of people (names, keys, addresses) stays. Interrupted, it goes on when run again.
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
  const undone = { orders: 0, restored: 0, accounts: 0 };
  for (;;) {
    const step = await retrying(ctx, { subject: 'import' }, () => undoNext(ctx, id));
    if (step === null) break;
    undone.orders += step.orders;
    undone.restored += step.restored;
    undone.accounts += step.accounts;
    onProgress?.(undone.accounts);
  }
  undone.orders += await removeSales(ctx, id);
  undone.restored += await restoreSales(ctx, id);
  await writeDecision(ctx, {
    rows: [statement('UPDATE imports SET undone_at = ? WHERE id = ?', ctx.now(), id)],
    audit: {
      kind: 'import.undone',
      subjectKind: 'import',
      subjectId: id,
      detail: { orders: undone.orders, restored: undone.restored },
    },
  });
  return undone;
}

/** Undoes the next accounts; null when none is left. */
async function undoNext(ctx: Context, id: string): Promise<UndoneImport | null> {
  const roots = await listRootsOfImport(ctx.db.fresh, { id });
  const ids = roots.map(({ rootId }) => rootId);
  return ids.length === 0 ? null : undoStep(ctx, id, ids);
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

/** Sales of nobody that were there before are again what they were. */
async function restoreSales(ctx: Context, id: string): Promise<number> {
  for (let restored = 0; ; ) {
    const sales = await listChangedSales(ctx.db.fresh, { id });
    if (sales.length === 0) return restored;
    await ctx.db.write(
      sales.flatMap(({ orderId, first, version }) => [
        restoreSale(orderId, readChange(first), version),
        statement('DELETE FROM import_changes WHERE import_id = ? AND order_id = ?', id, orderId),
      ]),
    );
    restored += sales.length;
  }
}

/**
 * Undoes some accounts, each in one atomic write; one that somebody else changes meanwhile comes round again.
 * @throws {StoreConflict} when all of them are being changed by others
 */
async function undoStep(ctx: Context, id: string, rootIds: readonly string[]): Promise<UndoneImport> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const ids = JSON.stringify(rootIds);
  const [business, roots, , totals, all, counted, due, changes, payments] = await Promise.all([
    getBusiness({ ...ctx, db }),
    listAccounts(db, { ids }),
    assertNothingBuiltOn(ctx, id, ids),
    listTotals(db, { ids }),
    loadOrdersOfRoots(db, rootIds),
    listCountedOfRoots(db, { ids }),
    listDueLots(db, { ids, now }),
    listChangesOfRoots(db, { id, ids }),
    listVoucherPaymentsOfRoots(db, { ids }),
  ]);
  if (await recountIfStale(ctx, business, roots)) return undoStep(ctx, id, rootIds);
  const kept = {
    business,
    totals: Map.groupBy(totals, (row) => row.rootId),
    orders: Map.groupBy(all, (order) => order.rootId),
    counted: countedByOrder(counted),
    due: new Set(due.map(({ accountId }) => accountId)),
    changes: Map.groupBy(changes, ({ orderId }) => orderId),
    paid: paidByOrder(payments),
  };
  const units = roots.map((root) => undoUnit(root, kept, { id, now }));
  const committed = await commitAccounts(ctx, units, { business, now, actor: actorName(ctx.actor) });
  const undone = { orders: 0, restored: 0, accounts: 0 };
  let lost: unknown = null;
  for (const [index, { outcome }] of committed.entries()) {
    if (!outcome.ok && !isContention(ctx, outcome.error)) throw outcome.error;
    if (!outcome.ok) {
      lost = outcome.error;
      continue;
    }
    undone.accounts += 1;
    undone.orders += units[index]?.gone ?? 0;
    undone.restored += units[index]?.restored ?? 0;
  }
  const stale = units
    .filter(({ draft }) => draft.isStale)
    .map(({ draft }) => ({ id: draft.root.id, settledRevision: STALE }));
  if (stale.length > 0) await recountIfStale(ctx, business, stale);
  if (undone.accounts === 0 && lost !== null) throw lost;
  return undone;
}

/** Looked at for the whole import first, then again for each step's accounts, under their locks. `ids` is a JSON array. */
async function assertNothingBuiltOn(ctx: Context, id: string, ids: string | null): Promise<void> {
  const db = ctx.db.fresh;
  const [[later], [changed], [redeemed], [paid], [lasting], [news]] = await Promise.all([
    findLaterNews(db, { id, ids }),
    findChangedSale(db, { id }),
    findRedeemed(db, { id, ids }),
    findPaidByVoucher(db, { id, ids }),
    findLastingChange(db, { id }),
    findNewsAfterChange(db, { id }),
  ]);
  const refuse = (reason: string) => {
    throw new AppError('import_not_undoable', `This import can no longer be undone: ${reason}.`);
  };
  if (later !== undefined) refuse(`order ${later.number} has had news since`);
  if (news !== undefined) refuse(`order ${news.number}, which it told more of, has had news since`);
  if (lasting !== undefined) refuse(whyLasting(lasting));
  if (changed !== undefined) refuse(`order ${changed.number} has had news since`);
  if (redeemed !== undefined) refuse('balance of an account in it was spent since');
  if (paid !== undefined) refuse(`order ${paid.number} was paid by a voucher`);
}

function whyLasting({ number, lasting }: { number: string; lasting: string }): string {
  return lasting === 'was_given'
    ? `order ${number} was a sale of nobody before, and it said whose`
    : `order ${number} was told as one sum before, and it told the items`;
}
