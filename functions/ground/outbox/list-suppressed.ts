import { and, isNull, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { suppressions } from '../../../db/schema/index.ts';

/** Why an address gets no mail, or less: that which is given, else that of the customer. */
export const listSuppressed = query((db) =>
  db
    .select({ reason: suppressions.reason })
    .from(suppressions)
    .where(
      and(
        isNull(suppressions.liftedAt),
        sql`${suppressions.address} = coalesce(${sql.placeholder('address')},
          (SELECT email FROM customers WHERE id = ${sql.placeholder('customerId')}))`,
      ),
    ),
);
