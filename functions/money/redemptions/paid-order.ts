import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { STALE } from '../accounts/plan-change.ts';
import { type Business, getBusiness } from '../business/business.ts';
import { recountIfStale } from '../orders/recount.ts';

/** Where a rule does not count what vouchers and credit paid, an order counts less once they paid a part of it. */
export function changesCounts({ programme }: Business): boolean {
  return programme?.versions.some(({ rule }) => !rule.counts.vouchers) ?? false;
}

/** Has the account of the paid order counted again; nothing where it is the account that pays, which is marked anyhow. */
export function markPaidRoot(orderRootId: string | undefined, payingRootId: string): Statement[] {
  if (orderRootId === undefined || orderRootId === payingRootId) return [];
  return [statement('UPDATE accounts SET settled_revision = ? WHERE id = ?', STALE, orderRootId)];
}

/** Counts again what the payment of an order changed: of who paid, and of whose order it is. */
export async function recountPaid(ctx: Context, rootIds: readonly string[]): Promise<void> {
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const roots = [...new Set(rootIds)].map((id) => ({ id, settledRevision: STALE }));
  await recountIfStale(ctx, business, roots);
}
