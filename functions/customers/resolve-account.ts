import { eq, sql } from 'drizzle-orm';
import { query } from '../../db/query.ts';
import { accounts, memberships } from '../../db/schema/index.ts';
import type { Store } from '../../db/store.ts';
import { AppError } from '../platform/errors.ts';

/** The accounts a customer belongs to, each with its root. */
export const listAccountsOfCustomer = query((db) =>
  db
    .select({ id: accounts.id, rootId: accounts.rootId, kind: accounts.kind, name: accounts.name })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(eq(memberships.customerId, sql.placeholder('customerId')))
    .orderBy(accounts.createdAt, accounts.id),
);

/**
 * The root account that is meant: the customer's only one, or the one named, which has to be theirs.
 * @throws {AppError} `account_required` when there are several and none is named, `not_found`
 */
export async function resolveRoot(db: Store, customerId: string, accountId: string | null): Promise<string> {
  const own = await listAccountsOfCustomer(db, { customerId });
  const roots = [...new Set(own.map(({ rootId }) => rootId))];
  if (accountId !== null) {
    const named = own.find(({ id, rootId }) => id === accountId || rootId === accountId);
    if (named === undefined) throw new AppError('not_found', 'There is no such account of this customer.');
    return named.rootId;
  }
  const [only] = roots;
  if (only === undefined)
    throw new AppError('not_found', 'There is no such customer, or it has no account yet.');
  if (roots.length > 1) {
    throw new AppError(
      'account_required',
      'The customer belongs to several accounts; name one with account.',
    );
  }
  return only;
}
