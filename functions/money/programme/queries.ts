import { and, asc, eq, isNull, max, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { accounts, countedSpend, periodTotals } from '../../../db/schema/index.ts';

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
