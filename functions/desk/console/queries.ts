import { and, count, desc, eq, isNull, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import {
  accounts,
  imports,
  jobRuns,
  lots,
  orders,
  periodTotals,
  programmes,
  voucherCancellations,
  vouchers,
  voucherUses,
} from '../../../db/schema/index.ts';

/** How many orders and customers there are. */
export const findCounts = query((db) =>
  db
    .select({
      orders: sql<number>`(SELECT count(*) FROM orders)`.mapWith(Number),
      customers: sql<number>`(SELECT count(*) FROM customers WHERE withdrawn_at IS NULL)`.mapWith(Number),
      claimed:
        sql<number>`(SELECT count(*) FROM customers WHERE withdrawn_at IS NULL AND claimed_at IS NOT NULL)`.mapWith(
          Number,
        ),
    })
    .from(sql`(SELECT 1)`),
);

const isOpenAt = (expiresAt: unknown) =>
  sql`(${expiresAt} IS NULL OR ${expiresAt} > ${sql.placeholder('now')})`;

/** What can be spent now, over all accounts. */
export const sumAvailable = query((db) =>
  db
    .select({ minor: sql<bigint>`coalesce(sum(${lots.remainingMinor}), 0)`.mapWith(lots.remainingMinor) })
    .from(lots)
    .where(and(sql`${lots.remainingMinor} > 0`, isOpenAt(lots.expiresAt))),
);

/** What returns took beyond balances, over all accounts. */
export const sumDebts = query((db) =>
  db
    .select({
      minor: sql<bigint>`coalesce(-sum(${accounts.balanceMinor}), 0)`.mapWith(accounts.balanceMinor),
    })
    .from(accounts)
    .where(sql`${accounts.balanceMinor} < 0`),
);

/** The vouchers that can be used now. */
export const sumOpenVouchers = query((db) =>
  db
    .select({
      count: count(),
      minor: sql<bigint>`coalesce(sum(${vouchers.amountMinor}), 0)`.mapWith(vouchers.amountMinor),
    })
    .from(vouchers)
    .leftJoin(voucherUses, eq(voucherUses.code, vouchers.code))
    .leftJoin(voucherCancellations, eq(voucherCancellations.code, vouchers.code))
    .where(and(isNull(voucherUses.code), isNull(voucherCancellations.code), isOpenAt(vouchers.expiresAt))),
);

/** Every total that waits to be settled, in part at least. */
export const listUnsettledTotals = query((db) =>
  db
    .select({
      ruleId: periodTotals.ruleId,
      version: periodTotals.version,
      spend: periodTotals.spendMinor,
      settled: periodTotals.settledMinor,
      posted: periodTotals.postedMinor,
    })
    .from(periodTotals)
    .where(sql`${periodTotals.spendMinor} <> ${periodTotals.settledMinor}`),
);

const reported = (name: string) =>
  sql<number | null>`coalesce(${imports.report} ->> ${sql.raw(`'$.orders.${name}'`)},
    ${imports.report} ->> ${sql.raw(`'$.${name}'`)})`.mapWith(Number);

/** The newest imports; a report may be long, so only its counts and first errors are read. */
export const listLatestImports = query((db) =>
  db
    .select({
      id: imports.id,
      kind: imports.kind,
      fileName: imports.fileName,
      startedAt: imports.startedAt,
      finishedAt: imports.finishedAt,
      undoneAt: imports.undoneAt,
      created: reported('created'),
      updated: reported('updated'),
      unchanged: reported('unchanged'),
      rejected: reported('rejected'),
      errors:
        sql<string>`(SELECT json_group_array(json(value)) FROM (SELECT value FROM json_each(${imports.report}, '$.errors')
        LIMIT 10))`.mapWith(String),
    })
    .from(imports)
    .orderBy(desc(imports.startedAt), desc(imports.id))
    .limit(5),
);

export const listJobRuns = query((db) =>
  db
    .select({
      name: jobRuns.name,
      startedAt: jobRuns.startedAt,
      finishedAt: jobRuns.finishedAt,
      failure: jobRuns.failure,
    })
    .from(jobRuns)
    .orderBy(jobRuns.name),
);

/** Mail on its way. */
export const countWaitingMail = query((db) =>
  db
    .select({
      mails:
        sql<number>`(SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND withheld_at IS NULL)`.mapWith(
          Number,
        ),
    })
    .from(sql`(SELECT 1)`),
);

/** When the programme in force was set. */
export const findProgrammeSet = query((db) =>
  db.select({ setAt: programmes.setAt }).from(programmes).orderBy(desc(programmes.revision)).limit(1),
);

/** Whether any order was ever recorded. */
export const findAnyOrder = query((db) => db.select({ id: orders.id }).from(orders).limit(1));
