import { statement } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listPlaces, onlyPlace } from '../../money/accounts/places.ts';
import { type Assigned, assignManager } from './assign-manager.ts';

/**
 * The same as `assignManager` for the only account of a customer, or the one of theirs that is named, a department of it
 * among them.
 * @throws {AppError} as `assignManager`, and `account_required`
 */
export async function assignToCustomer(
  ctx: Context,
  {
    customerId,
    account = null,
    manager,
    why,
  }: { customerId: string; account?: string | null | undefined; manager: string | null; why?: string | null },
  options: Alongside<Assigned>,
): Promise<Assigned> {
  allow(ctx.actor, 'customers:write');
  const places = await listPlaces(ctx.db.fresh, customerId);
  if (places.length === 0) throw new AppError('not_found', 'There is no such customer.');
  const { rootId } = await onlyPlace(ctx.db, places, account);
  const accountId = account !== null && (await isPartOf(ctx, account, rootId)) ? account : rootId;
  return assignManager(ctx, { accountId, manager, why }, options);
}

async function isPartOf({ db }: Context, accountId: string, rootId: string): Promise<boolean> {
  const rows = await db.fresh.read(
    statement('SELECT 1 FROM accounts WHERE id = ? AND root_id = ?', accountId, rootId),
  );
  return rows.length > 0;
}
