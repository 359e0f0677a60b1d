import { asc, desc, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { accounts, customers, orders } from '../../../db/schema/index.ts';

const moment = { at: orders.placedAt, day: orders.placedOn };

export const findFirst = queryOne((db) =>
  db.select(moment).from(orders).orderBy(asc(orders.placedAt)).limit(1),
);

/** The last order that a programme in some currency counts. */
export const findLastCounted = queryOne((db) =>
  db
    .select(moment)
    .from(orders)
    .where(sql`${orders.currency} = ${sql.placeholder('currency')} AND is_cancelled = 0 AND is_held = 0`)
    .orderBy(desc(orders.placedAt))
    .limit(1),
);

/** What some root accounts are called, and who leads to their page in the console. `ids` is a JSON array. */
export const listNames = query((db) =>
  db
    .select({
      id: accounts.id,
      kind: accounts.kind,
      name: accounts.name,
      customerId: customers.id,
      email: customers.email,
      customerName: customers.name,
    })
    .from(accounts)
    .leftJoin(customers, sql`${customers.id} = ${accounts.ownerId}`)
    .where(sql`${accounts.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`),
);
