import { statement } from '../../../db/query.ts';
import { isContention, retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
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
import { forgetProgress, markUnit } from './import-progress.ts';
import { type FailureCode, refusedFile } from './refused-file.ts';
import { add, keepUndo, nothing, openUndo, type Undoing, type UndoneImport } from './undo-progress.ts';
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

/** A part of an undo, see {@link undoImportSlice}. */
export interface UndoSlice {
  /** Asked after each step: whether the rest has to wait for another slice. */
  isOver: () => boolean;
  onProgress?: (accounts: number) => void;
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
  onProgress: (accounts: number) => void = () => undefined,
): Promise<UndoneImport> {
  const told = await undoImportSlice(ctx, id, { isOver: () => false, onProgress });
  assert(told !== null, 'an undo that nobody interrupts is whole');
  return told;
}

/**
 * A part of the same: begins it, or goes on where the slice before was over, or killed. What it tells at its end is all that
 * the slices undid; null while there is more to do.
 * @throws {AppError} as `undoImport`
 */
export async function undoImportSlice(
  ctx: Context,
  id: string,
  { isOver, onProgress = () => undefined }: UndoSlice,
): Promise<UndoneImport | null> {
  allow(ctx.actor, 'orders:write');
  const [found] = await findImport(ctx.db.fresh, { id });
  if (found === undefined) throw new AppError('not_found', 'There is no such import.');
  if (found.kind !== 'orders') throw notUndoable('undo_rows');
  if (found.undoneAt !== null) throw notUndoable('undo_done');
  await assertNothingBuiltOn(ctx, id, null);
  const undoing = await openUndo(ctx, id);
  const { undone } = undoing;
  for (const step of [undoNext, removeSales, restoreSales]) {
    for (;;) {
      onProgress(undone.accounts);
      const isLeft = await retrying(ctx, { subject: 'import' }, () => step(ctx, undoing));
      if (!isLeft) break;
      await keepUndo(ctx, undoing);
      if (isOver()) return null;
    }
  }
  await writeDecision(ctx, {
    rows: [
      statement('UPDATE imports SET undone_at = ? WHERE id = ?', ctx.now(), id),
      ...forgetProgress(undoing.run),
    ],
    audit: {
      kind: 'import.undone',
      subjectKind: 'import',
      subjectId: id,
      detail: { orders: undone.orders, restored: undone.restored },
    },
  });
  return undone;
}

/** Undoes the next accounts; false when none is left. */
async function undoNext(ctx: Context, undoing: Undoing): Promise<boolean> {
  const roots = await listRootsOfImport(ctx.db.fresh, { id: undoing.id });
  const ids = roots.map(({ rootId }) => rootId);
  if (ids.length === 0) return false;
  await undoStep(ctx, undoing, ids);
  return true;
}

/** Sales of nobody hang on no account: they only go. False when none is left. */
async function removeSales(ctx: Context, { id, run, undone }: Undoing): Promise<boolean> {
  const sales = await listSalesOfImport(ctx.db.fresh, { id });
  if (sales.length === 0) return false;
  const ids = JSON.stringify(sales.map((sale) => sale.id));
  const counted = { ...nothing(), orders: sales.length };
  await ctx.db.write([
    statement(
      'DELETE FROM waiting_sales WHERE import_id = ? AND id IN (SELECT value FROM json_each(?))',
      ...[id, ids],
    ),
    markUnit(run, 'sales', counted),
  ]);
  add(undone, counted);
  return true;
}

/** Sales of nobody that were there before are again what they were. False when none is left. */
async function restoreSales(ctx: Context, { id, run, undone }: Undoing): Promise<boolean> {
  const sales = await listChangedSales(ctx.db.fresh, { id });
  if (sales.length === 0) return false;
  const counted = { ...nothing(), restored: sales.length };
  await ctx.db.write([
    ...sales.flatMap(({ orderId, first, version }) => [
      restoreSale(orderId, readChange(first), version),
      statement('DELETE FROM import_changes WHERE import_id = ? AND order_id = ?', id, orderId),
    ]),
    markUnit(run, 'sales', counted),
  ]);
  add(undone, counted);
  return true;
}

/**
 * Undoes some accounts, each in one atomic write, and counts them; one that somebody else changes meanwhile comes round again.
 * @throws {StoreConflict} when all of them are being changed by others
 */
async function undoStep(ctx: Context, undoing: Undoing, rootIds: readonly string[]): Promise<void> {
  const { id, run } = undoing;
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
  if (await recountIfStale(ctx, business, roots)) return undoStep(ctx, undoing, rootIds);
  const kept = {
    business,
    totals: Map.groupBy(totals, (row) => row.rootId),
    orders: Map.groupBy(all, (order) => order.rootId),
    counted: countedByOrder(counted),
    due: new Set(due.map(({ accountId }) => accountId)),
    changes: Map.groupBy(changes, ({ orderId }) => orderId),
    paid: paidByOrder(payments),
  };
  const units = roots.map((root) => undoUnit(root, kept, { id, now, run }));
  const committed = await commitAccounts(ctx, units, { business, now, actor: actorName(ctx.actor) });
  const undone = nothing();
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
  // What is committed is counted whatever comes of the recount, which may have to be asked again.
  add(undoing.undone, undone);
  const stale = units
    .filter(({ draft }) => draft.isStale)
    .map(({ draft }) => ({ id: draft.root.id, settledRevision: STALE }));
  if (stale.length > 0) await recountIfStale(ctx, business, stale);
  if (undone.accounts === 0 && lost !== null) throw lost;
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
  if (later !== undefined) throw notUndoable('undo_news', later);
  if (news !== undefined) throw notUndoable('undo_told_news', news);
  if (lasting !== undefined)
    throw notUndoable(lasting.lasting === 'was_given' ? 'undo_given' : 'undo_itemised', lasting);
  if (changed !== undefined) throw notUndoable('undo_news', changed);
  if (redeemed !== undefined) throw notUndoable('undo_spent');
  if (paid !== undefined) throw notUndoable('undo_voucher', paid);
}

function notUndoable(code: FailureCode, order?: { number: string }): AppError {
  return refusedFile(code, order === undefined ? {} : { number: order.number }, {
    as: 'import_not_undoable',
  });
}
