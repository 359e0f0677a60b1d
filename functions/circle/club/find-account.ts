import { eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { customers } from '../../../db/schema/index.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { resolveRoot } from '../../money/accounts/places.ts';

const findByEmail = query((db) =>
  db
    .select({ id: customers.id, claimedAt: customers.claimedAt, withdrawnAt: customers.withdrawnAt })
    .from(customers)
    .where(eq(customers.email, sql.placeholder('email'))),
);

/** A customer and the root account of theirs that is meant. */
export interface Named {
  customerId: string;
  accountId: string;
  isClaimed: boolean;
}

/**
 * Whom staff name by email, with an account's id where the customer belongs to several.
 * @throws {AppError} `not_found`, `account_required`
 */
export async function findNamed(
  { db }: Pick<Context, 'db'>,
  { email, accountId }: { email: string; accountId: string | null },
): Promise<Named> {
  const [customer] = await findByEmail(db, { email });
  if (customer === undefined || customer.withdrawnAt !== null)
    throw new AppError('not_found', 'There is no customer with this email.');
  const root = await resolveRoot(db, customer.id, accountId);
  return { customerId: customer.id, accountId: root, isClaimed: customer.claimedAt !== null };
}
