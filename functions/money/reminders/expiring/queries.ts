import { and, eq, gt, isNull, lte, sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import {
  accounts,
  customers,
  jobRuns,
  lots,
  memberships,
  voucherCancellations,
  vouchers,
  voucherUses,
} from '../../../../db/schema/index.ts';
import { heldBy } from '../../accounts/held-by.ts';

const isWithin = (column: typeof lots.expiresAt | typeof vouchers.expiresAt) =>
  and(gt(column, sql.placeholder('after')), lte(column, sql.placeholder('until')));

/** Credit that ends after one moment and not after another, by account and end. */
export const listExpiringCredit = query((db) =>
  db
    .select({
      rootId: lots.accountId,
      expiresAt: sql<number>`${lots.expiresAt}`.mapWith(Number),
      amountMinor: sql<bigint>`sum(${lots.remainingMinor})`.mapWith(BigInt),
      datedAt: sql<number>`min(${lots.datedAt})`.mapWith(Number),
    })
    .from(lots)
    .where(and(gt(lots.remainingMinor, sql`0`), isWithin(lots.expiresAt)))
    .groupBy(lots.expiresAt, lots.accountId),
);

/** Vouchers nobody has used that end then. */
export const listExpiringVouchers = query((db) =>
  db
    .select({
      code: vouchers.code,
      rootId: sql<string>`${sql.raw(heldBy('vouchers.account_id'))}`.mapWith(String),
      expiresAt: sql<number>`${vouchers.expiresAt}`.mapWith(Number),
      amountMinor: vouchers.amountMinor,
      minimumMinor: vouchers.minimumMinor,
      currency: vouchers.currency,
      datedAt: vouchers.issuedAt,
    })
    .from(vouchers)
    .leftJoin(voucherUses, eq(voucherUses.code, vouchers.code))
    .leftJoin(voucherCancellations, eq(voucherCancellations.code, vouchers.code))
    .where(and(isWithin(vouchers.expiresAt), isNull(voucherUses.code), isNull(voucherCancellations.code))),
);

/** Who signed up and belongs to some root accounts as a whole. `ids` is a JSON list. */
export const listReaders = query((db) =>
  db
    .select({ rootId: accounts.id, customerId: customers.id })
    .from(accounts)
    .innerJoin(memberships, and(eq(memberships.accountId, accounts.id), isNull(memberships.until)))
    .innerJoin(customers, eq(customers.id, memberships.customerId))
    .where(
      and(
        sql`${accounts.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`,
        sql`${customers.claimedAt} IS NOT NULL`,
        isNull(customers.closedAt),
      ),
    ),
);

export const findLookedUntil = query((db) =>
  db.select({ until: jobRuns.goesOnAfter }).from(jobRuns).where(eq(jobRuns.name, 'expiring')),
);
