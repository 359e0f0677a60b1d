import { and, asc, eq, sql } from 'drizzle-orm';
import { query } from '../../db/query.ts';
import {
  accountSpend,
  accounts,
  adjustments,
  history,
  ledger,
  orderLines,
  redemptions,
  reversals,
  voucherCancellations,
  vouchers,
} from '../../db/schema/index.ts';
import { rootColumns } from '../accounts/queries.ts';

const listed = sql`(SELECT value FROM json_each(${sql.placeholder('ids')}))`;

/** Root accounts after a place, by id, also those that an import took back. */
export const listRootPage = query((db) =>
  db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.id, accounts.rootId), sql`${accounts.id} > ${sql.placeholder('after')}`))
    .orderBy(asc(accounts.id))
    .limit(sql.placeholder('limit')),
);

/** What every query below is asked for: some root accounts. `ids` is a JSON array. */
export const listRoots = query((db) =>
  db.select(rootColumns).from(accounts).where(sql`${accounts.id} IN ${listed}`),
);

export const listEntries = query((db) =>
  db
    .select()
    .from(ledger)
    .where(sql`${ledger.accountId} IN ${listed}`)
    .orderBy(asc(ledger.accountId), asc(ledger.seq)),
);

export const listSpend = query((db) =>
  db.select().from(accountSpend).where(sql`${accountSpend.rootId} IN ${listed}`),
);

/** Lines of which something is kept as given back. */
export const listRefundedLines = query((db) =>
  db
    .select({
      orderId: orderLines.orderId,
      lineId: orderLines.lineId,
      refundedMinor: orderLines.refundedMinor,
    })
    .from(orderLines)
    .where(
      sql`${orderLines.orderId} IN (SELECT id FROM orders WHERE root_id IN ${listed}) AND refunded_minor <> 0`,
    ),
);

export const countHistory = query((db) =>
  db
    .select({
      accountId: history.accountId,
      rows: sql<bigint>`count(*)`,
      first: sql<bigint>`min(seq)`,
      last: sql<bigint>`max(seq)`,
    })
    .from(history)
    .where(sql`${history.accountId} IN ${listed}`)
    .groupBy(history.accountId),
);

export const listRedemptions = query((db) =>
  db.select().from(redemptions).where(sql`${redemptions.accountId} IN ${listed}`),
);

export const listReversals = query((db) =>
  db
    .select()
    .from(reversals)
    .where(sql`${reversals.redemptionId} IN (SELECT id FROM redemptions WHERE account_id IN ${listed})`),
);

export const listVouchers = query((db) =>
  db.select().from(vouchers).where(sql`${vouchers.accountId} IN ${listed}`),
);

export const listCancellations = query((db) =>
  db
    .select()
    .from(voucherCancellations)
    .where(sql`${voucherCancellations.code} IN (SELECT code FROM vouchers WHERE account_id IN ${listed})`),
);

export const listAdjustments = query((db) =>
  db
    .select()
    .from(adjustments)
    .where(
      sql`${adjustments.id} IN (SELECT cause FROM ledger WHERE account_id IN ${listed} AND kind = 'adjust')`,
    ),
);

/** The times in the club of accounts that ever were in it, as kept and as their memberships say. */
export const listClubSpans = query((db) =>
  db
    .select({
      accountId: accounts.id,
      kept: sql<string>`coalesce(${accounts.clubSpans}, '[]')`,
      owed: clubSpansOwed,
    })
    .from(accounts)
    .where(
      sql`${accounts.id} IN ${listed} AND (club_spans IS NOT NULL
        OR EXISTS (SELECT 1 FROM club_memberships WHERE account_id = ${accounts.id}))`,
    ),
);

const clubSpansOwed = sql<string>`(SELECT json_group_array(json_array(since, until)) FROM (
  SELECT m.since, e.until FROM club_memberships m LEFT JOIN club_endings e ON e.membership_id = m.id
  WHERE m.account_id = accounts.id ORDER BY m.at, m.id))`;
