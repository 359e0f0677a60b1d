import { isNotNull, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/sqlite-core';
import { query } from '../../../db/query.ts';
import {
  clubWithdrawals,
  ledger,
  orderEvents,
  orders,
  periodTotals,
  referrals,
  refunds,
  surveyInvitations,
} from '../../../db/schema/index.ts';

/** Whether any order was ever counted: from then on currency and time zone are fixed. */
export const findAnyCounted = query((db) =>
  db.select({ rootId: periodTotals.rootId }).from(periodTotals).limit(1),
);

/** Whether any ledger has an entry, or anything was promised in money: from then on the currency is fixed. */
export const findAnyMoney = query((db) =>
  unionAll(
    db.select({ currency: ledger.currency }).from(ledger),
    db.select({ currency: referrals.currency }).from(referrals),
    db.select({ currency: clubWithdrawals.currency }).from(clubWithdrawals),
    db
      .select({ currency: sql<string>`${surveyInvitations.currency}` })
      .from(surveyInvitations)
      .where(isNotNull(surveyInvitations.currency)),
  ).limit(1),
);

/** Every calendar day that stands in the database without a clock time. */
export const listBareDays = query((db) =>
  db
    .select({ day: sql<string>`${orders.placedOn}` })
    .from(orders)
    .where(sql`placed_on IS NOT NULL`)
    .union(
      db
        .select({ day: sql<string>`${orderEvents.atOn}` })
        .from(orderEvents)
        .where(sql`at_on IS NOT NULL`),
    )
    .union(
      db
        .select({ day: sql<string>`${refunds.atOn}` })
        .from(refunds)
        .where(sql`at_on IS NOT NULL`),
    ),
);
