import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { accountSpend, countedSpend, lots, periodTotals } from '../../../db/schema/index.ts';
import { totalColumns } from '../../money/accounts/account-columns.ts';

/** What an account spent, per currency; the one with the most orders first. */
export const listSpend = query((db) =>
  db
    .select({ currency: accountSpend.currency, spendMinor: accountSpend.spendMinor })
    .from(accountSpend)
    .where(eq(accountSpend.rootId, sql.placeholder('rootId')))
    .orderBy(desc(accountSpend.orderCount), asc(accountSpend.currency)),
);

/** The lots of a root account that hold something. */
export const listOpenLots = query((db) =>
  db
    .select({ seq: lots.seq, remaining: lots.remainingMinor, expiresAt: lots.expiresAt })
    .from(lots)
    .where(and(eq(lots.accountId, sql.placeholder('rootId')), gt(lots.remainingMinor, sql`0`))),
);

/** All totals of one root account. */
export const listTotalsOf = query((db) =>
  db
    .select(totalColumns)
    .from(periodTotals)
    .where(eq(periodTotals.rootId, sql.placeholder('rootId'))),
);

/** What a root account's orders after a place count together, by rule version, period and whether it is settled. */
export const listLaterSums = query((db) =>
  db
    .select({
      ruleId: countedSpend.ruleId,
      version: countedSpend.version,
      periodStart: countedSpend.periodStart,
      isSettled: countedSpend.isSettled,
      countedMinor: sql<bigint>`sum(${countedSpend.countedMinor})`.mapWith(countedSpend.countedMinor),
    })
    .from(countedSpend)
    .where(
      and(
        eq(countedSpend.rootId, sql.placeholder('rootId')),
        sql`(${countedSpend.placedAt}, ${countedSpend.number}, ${countedSpend.source}) >
          (${sql.placeholder('placedAt')}, ${sql.placeholder('number')}, ${sql.placeholder('source')})`,
      ),
    )
    .groupBy(countedSpend.ruleId, countedSpend.version, countedSpend.periodStart, countedSpend.isSettled),
);
