import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../../db/query.ts';
import {
  accountDoubts,
  accounts,
  customers,
  proofDifferences,
  proofRuns,
} from '../../../../db/schema/index.ts';

/** The run that is under way, or that a process left half-way. */
export const findOpenRun = queryOne((db) =>
  db.select().from(proofRuns).where(isNull(proofRuns.finishedAt)).orderBy(asc(proofRuns.id)).limit(1),
);

export const findOpenWhole = queryOne((db) =>
  db
    .select({ id: proofRuns.id })
    .from(proofRuns)
    .where(and(isNull(proofRuns.finishedAt), eq(proofRuns.scope, 'all'))),
);

/** The newest runs first, with those that go on. */
export const listRuns = query((db) =>
  db.select().from(proofRuns).orderBy(desc(proofRuns.id)).limit(sql.placeholder('limit')),
);

/** The last run that was finished, of everything or at all. */
export const findLastFinished = queryOne((db) =>
  db
    .select({ upTo: proofRuns.upTo, begunAt: proofRuns.begunAt })
    .from(proofRuns)
    .where(
      and(
        isNotNull(proofRuns.finishedAt),
        sql`${proofRuns.scope} = coalesce(${sql.placeholder('scope')}, ${proofRuns.scope})`,
      ),
    )
    .orderBy(desc(proofRuns.id))
    .limit(1),
);

export const hasNight = queryOne((db) =>
  db
    .select({ id: proofRuns.id })
    .from(proofRuns)
    .where(eq(proofRuns.night, sql.placeholder('night'))),
);

/** The newest change there is; 0 before the first. */
export const findNewestChange = queryOne((db) =>
  db
    .select({ position: sql<number>`position`.mapWith(Number) })
    .from(sql`(SELECT coalesce(max(position), 0) AS position FROM feed_changes)`),
);

/**
 * The next changes of root accounts, and whether each is the newest of its account: that one stands for all. What changes
 * again meanwhile is newer than the run, and looked at by the next.
 */
export const listChangedRoots = query((db) =>
  db
    .select({
      position: sql<number>`c.position`.mapWith(Number),
      accountId: sql<string>`c.account_id`,
      isNewest: sql<number>`a.history_seq = c.seq`.mapWith(Number),
    })
    .from(sql`feed_changes AS c JOIN accounts AS a ON a.id = c.account_id`)
    .where(sql`c.position > ${sql.placeholder('after')} AND c.position <= ${sql.placeholder('upTo')}`)
    .orderBy(sql`c.position`)
    .limit(sql.placeholder('limit')),
);

/** A person's own account has no name but theirs; null where a row belongs to no account. */
const ownName = sql<
  string | null
>`coalesce(nullif(${accounts.name}, ''), ${customers.name}, ${customers.email})`;

/** Root accounts in doubt, the longest in doubt first, with the person whose own it is. */
export const listDoubts = query((db) =>
  db
    .select({
      accountId: accountDoubts.accountId,
      name: ownName,
      since: accountDoubts.since,
      customerId: accounts.ownerId,
    })
    .from(accountDoubts)
    .innerJoin(accounts, eq(accounts.id, accountDoubts.accountId))
    .leftJoin(customers, eq(customers.id, accounts.ownerId))
    .orderBy(asc(accountDoubts.since), asc(accountDoubts.accountId))
    .limit(sql.placeholder('limit')),
);

export const listDifferences = query((db) =>
  db
    .select({
      accountId: proofDifferences.accountId,
      name: ownName,
      customerId: accounts.ownerId,
      what: proofDifferences.what,
      expected: proofDifferences.expected,
      found: proofDifferences.found,
    })
    .from(proofDifferences)
    .leftJoin(accounts, eq(accounts.id, proofDifferences.accountId))
    .leftJoin(customers, eq(customers.id, accounts.ownerId))
    .where(eq(proofDifferences.runId, sql.placeholder('runId')))
    .orderBy(asc(proofDifferences.place)),
);

/** What every run found, the newest run first. */
export const listAllDifferences = query((db) =>
  db
    .select({
      begunAt: proofRuns.begunAt,
      accountId: proofDifferences.accountId,
      name: ownName,
      what: proofDifferences.what,
      expected: proofDifferences.expected,
      found: proofDifferences.found,
    })
    .from(proofRuns)
    .innerJoin(proofDifferences, eq(proofDifferences.runId, proofRuns.id))
    .leftJoin(accounts, eq(accounts.id, proofDifferences.accountId))
    .leftJoin(customers, eq(customers.id, accounts.ownerId))
    .orderBy(desc(proofRuns.id), asc(proofDifferences.place))
    .limit(sql.placeholder('limit')),
);

export const countRoots = queryOne((db) =>
  db
    .select({ accounts: sql<number>`count(*)`.mapWith(Number) })
    .from(accounts)
    .where(eq(accounts.id, accounts.rootId)),
);
