import { and, asc, desc, eq, isNull, max, ne, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { accountSpend, accounts, countedSpend, periodTotals, programmes } from '../../../db/schema/index.ts';

/** Per rule version in use: when its last counted order was placed. */
export const listLastCounted = query((db) =>
  db
    .select({
      ruleId: countedSpend.ruleId,
      version: countedSpend.version,
      placedAt: max(countedSpend.placedAt),
    })
    .from(countedSpend)
    .groupBy(countedSpend.ruleId, countedSpend.version),
);

export const listVersionsInUse = query((db) =>
  db.selectDistinct({ ruleId: periodTotals.ruleId, version: periodTotals.version }).from(periodTotals),
);

/** Root accounts the programme in force has not reached yet, after a place, by what reached them last and id. */
export const listUnsettledRoots = query((db) =>
  db
    .select({ id: accounts.id, settledRevision: accounts.settledRevision })
    .from(accounts)
    .where(
      sql`id = root_id AND settled_revision < ${sql.placeholder('revision')}
        AND (settled_revision, id) > (${sql.placeholder('settledRevision')}, ${sql.placeholder('id')})`,
    )
    .orderBy(asc(accounts.settledRevision), asc(accounts.id))
    .limit(100),
);

const newest = sql`(SELECT coalesce(max(revision), 0) FROM programmes)`;

/** One root account that the programme in force has not reached. */
export const findUnsettled = queryOne((db) =>
  db
    .select({ id: accounts.id })
    .from(accounts)
    .where(sql`id = root_id AND settled_revision < ${newest}`)
    .limit(1),
);

/** How many root accounts the programme in force has still to reach, since when it is in force; those counted anew for something else are none of them. */
export const findWaiting = queryOne((db) =>
  db
    .select({
      revision: programmes.revision,
      setAt: programmes.setAt,
      waiting: sql<number>`(SELECT count(*) FROM accounts
        WHERE id = root_id AND settled_revision >= 0 AND settled_revision < ${programmes.revision})`.mapWith(
        Number,
      ),
    })
    .from(programmes)
    .orderBy(desc(programmes.revision))
    .limit(1),
);

/** How many root accounts there are, of those so many that it says whether there are many. */
export const countRoots = queryOne((db) =>
  db
    .select({ roots: sql<number>`count(*)`.mapWith(Number) })
    .from(sql`(SELECT 1 FROM accounts WHERE id = root_id LIMIT ${sql.placeholder('limit')})`),
);

/** All root accounts in use after a place, by id. */
export const listRoots = query((db) =>
  db
    .select({ id: accounts.id, settledRevision: accounts.settledRevision })
    .from(accounts)
    .where(
      and(
        eq(accounts.id, accounts.rootId),
        isNull(accounts.withdrawnAt),
        sql`${accounts.id} > ${sql.placeholder('id')}`,
      ),
    )
    .orderBy(asc(accounts.id))
    .limit(100),
);

/** Orders in other currencies than the programme's, by currency. */
export const listElsewhere = query((db) =>
  db
    .select({
      currency: accountSpend.currency,
      orders: sql<number>`sum(${accountSpend.orderCount})`.mapWith(Number),
    })
    .from(accountSpend)
    .where(ne(accountSpend.currency, sql.placeholder('currency')))
    .groupBy(accountSpend.currency)
    .having(sql`sum(${accountSpend.orderCount}) > 0`)
    .orderBy(asc(accountSpend.currency)),
);
