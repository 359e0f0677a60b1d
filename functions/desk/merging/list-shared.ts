import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { accounts, customerMergeRows, memberships } from '../../../db/schema/index.ts';

/** The companies and households that a customer belongs to. */
export const listSharedOf = query((db) =>
  db
    .selectDistinct({ rootId: accounts.rootId })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.customerId, sql.placeholder('customerId')),
        isNull(memberships.until),
        ne(accounts.kind, 'personal'),
      ),
    ),
);

/** Those of them in which a merge moved somebody's place. */
export const listSharedOfMerge = query((db) =>
  db
    .selectDistinct({ rootId: accounts.rootId })
    .from(customerMergeRows)
    .innerJoin(accounts, eq(accounts.id, customerMergeRows.rowKey))
    .where(
      and(
        eq(customerMergeRows.mergeId, sql.placeholder('id')),
        eq(customerMergeRows.kind, 'memberships'),
        ne(accounts.kind, 'personal'),
      ),
    ),
);
