import { eq, sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import { customers } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { knownEmail } from '../../ground/platform/email.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { explainMember, type GroupExplained } from './explain-member.ts';

const findByEmail = queryOne((db) =>
  db
    .select({ id: customers.id, withdrawnAt: customers.withdrawnAt })
    .from(customers)
    .where(eq(customers.email, sql.placeholder('email'))),
);

export interface NamedExplained {
  accountId: string;
  /** Empty for somebody's own account. */
  name: string;
  why: GroupExplained;
}

/**
 * Why each account of a customer is in a segment, or is not.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function explainNamed(
  ctx: Context,
  { id, email: typed }: { id: string; email: string },
): Promise<NamedExplained[]> {
  allow(ctx.actor, 'segments:read');
  const customer = await findByEmail(ctx.db, { email: knownEmail(typed) ?? '' });
  if (customer === null || customer.withdrawnAt !== null)
    throw new AppError('not_found', 'There is no customer with this email.');
  const places = await listPlaces(ctx.db, customer.id);
  return Promise.all(
    places.map(async ({ rootId, name }) => ({
      ...{ accountId: rootId, name: name ?? '' },
      why: await explainMember(ctx, { id, accountId: rootId }),
    })),
  );
}
