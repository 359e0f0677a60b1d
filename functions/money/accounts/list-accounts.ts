import { eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { accounts, customerKeys, customers, formerEmails, memberships } from '../../../db/schema/index.ts';
import { customerColumns, listed, ownColumns, rootColumns, sharedRoots } from './account-columns.ts';

/** Customers by email with their own accounts, and those who had such an email before. `emails` is a JSON array. */
export const listCustomersByEmail = query((db) =>
  db
    .select({ ...customerColumns, formerEmail: sql<string | null>`NULL`, ...ownColumns })
    .from(customers)
    .leftJoin(accounts, eq(accounts.ownerId, customers.id))
    .where(sql`${customers.email} IN ${listed('emails')}`)
    .unionAll(
      db
        .select({ ...customerColumns, formerEmail: sql<string | null>`${formerEmails.email}`, ...ownColumns })
        .from(formerEmails)
        .innerJoin(customers, eq(customers.id, formerEmails.customerId))
        .leftJoin(accounts, eq(accounts.ownerId, customers.id))
        .where(sql`${formerEmails.email} IN ${listed('emails')}`),
    ),
);

/** Customers as {@link listCustomersByEmail}, by what sources call them and by id. `keys` is a JSON array of pairs, `ids` of ids. */
export const listCustomersByKey = query((db) =>
  db
    .select({
      ...customerColumns,
      formerEmail: sql<string | null>`NULL`,
      ...ownColumns,
      source: sql<string | null>`${customerKeys.source}`,
      key: sql<string | null>`${customerKeys.key}`,
    })
    .from(customerKeys)
    .innerJoin(customers, eq(customers.id, customerKeys.customerId))
    .leftJoin(accounts, eq(accounts.ownerId, customers.id))
    .where(
      sql`(${customerKeys.source}, ${customerKeys.key}) IN (SELECT value ->> 0, value ->> 1 FROM json_each(${sql.placeholder('keys')}))`,
    )
    .unionAll(
      db
        .select({
          ...customerColumns,
          formerEmail: sql<string | null>`NULL`,
          ...ownColumns,
          source: sql<string | null>`NULL`,
          key: sql<string | null>`NULL`,
        })
        .from(customers)
        .leftJoin(accounts, eq(accounts.ownerId, customers.id))
        .where(sql`${customers.id} IN ${listed('ids')}`),
    ),
);

/** Accounts by id, with what a change starts from. `ids` is a JSON array. */
export const listAccounts = query((db) =>
  db
    .select(rootColumns)
    .from(accounts)
    .where(sql`${accounts.id} IN ${listed('ids')}`),
);

/** Companies and households by name, with all their departments. `names` is a JSON array. */
export const listSharedAccounts = query((db) =>
  db.select(rootColumns).from(accounts).where(sql`${accounts.rootId} IN ${sharedRoots}`),
);

/** Who belongs to which companies, households and departments of them. `names` is a JSON array. */
export const listSharedMemberships = query((db) =>
  db
    .select({ accountId: memberships.accountId, customerId: memberships.customerId })
    .from(memberships)
    .where(sql`${memberships.accountId} IN (SELECT id FROM accounts WHERE root_id IN ${sharedRoots})`),
);
