import { desc, eq, isNull } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { customers, suppressions } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';

export interface SuppressedAddress {
  address: string;
  reason: 'bounced' | 'complained';
  at: number;
  /** Null for an address that is no customer's. */
  customerId: string | null;
}

const listOpen = query((db) =>
  db
    .select({
      address: suppressions.address,
      reason: suppressions.reason,
      at: suppressions.at,
      customerId: customers.id,
    })
    .from(suppressions)
    .leftJoin(customers, eq(customers.email, suppressions.address))
    .where(isNull(suppressions.liftedAt))
    .orderBy(desc(suppressions.id))
    .limit(50),
);

/** The addresses that get no mail, or less, newest first, at most 50. @throws {AppError} `forbidden` */
export async function listSuppressions(ctx: Context): Promise<SuppressedAddress[]> {
  allow(ctx.actor, 'customers:read');
  return listOpen(ctx.db);
}
