import { and, asc, eq, isNull, or, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { customers } from '../../../db/schema/index.ts';
import { customerColumns } from './queries.ts';

/** By the email of today, or one they had before. */
export const listCustomersByAnyEmail = query((db) =>
  db
    .select(customerColumns)
    .from(customers)
    .where(
      and(
        or(
          eq(customers.email, sql.placeholder('email')),
          sql`${customers.id} = (SELECT customer_id FROM former_emails WHERE email = ${sql.placeholder('email')})`,
        ),
        isNull(customers.withdrawnAt),
      ),
    )
    .orderBy(asc(customers.id)),
);

export const findCustomer = query((db) =>
  db
    .select(customerColumns)
    .from(customers)
    .where(and(eq(customers.id, sql.placeholder('id')), isNull(customers.withdrawnAt))),
);
