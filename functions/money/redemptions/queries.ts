import { eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import {
  accountSpend,
  accounts,
  orders,
  redemptions,
  refunds,
  reversals,
  voucherCancellations,
  vouchers,
  voucherUses,
} from '../../../db/schema/index.ts';
import { heldBy } from '../accounts/held-by.ts';
import { person } from './person.ts';

/** What an account spent in one currency. */
export const findSpend = query((db) =>
  db
    .select({ spendMinor: accountSpend.spendMinor })
    .from(accountSpend)
    .where(
      sql`${accountSpend.rootId} = ${sql.placeholder('rootId')} AND ${accountSpend.currency} = ${sql.placeholder('currency')}`,
    ),
);

/** A redemption with its reversal and the use of its voucher, where there are any. */
export const findRedemption = query((db) =>
  db
    .select({
      id: redemptions.id,
      accountId: redemptions.accountId,
      kind: redemptions.kind,
      reference: redemptions.reference,
      personId: sql<string | null>`${person}`.mapWith(String),
      steps: sql<number>`(SELECT count(*) FROM payout_steps WHERE redemption_id = ${redemptions.id})`.mapWith(
        Number,
      ),
      amountMinor: redemptions.amountMinor,
      currency: redemptions.currency,
      entrySeq: redemptions.entrySeq,
      taken: redemptions.taken,
      voucherCode: redemptions.voucherCode,
      orderSource: redemptions.orderSource,
      orderNumber: redemptions.orderNumber,
      reversedAt: reversals.at,
      usedAt: voucherUses.at,
    })
    .from(redemptions)
    .innerJoin(accounts, eq(accounts.id, redemptions.accountId))
    .leftJoin(reversals, eq(reversals.redemptionId, redemptions.id))
    .leftJoin(voucherUses, eq(voucherUses.code, redemptions.voucherCode))
    .where(eq(redemptions.id, sql.placeholder('id'))),
);

/** A voucher with whose it is by now and what became of it; `accountId` is whose lots paid for it. */
export const findVoucher = query((db) =>
  db
    .select({
      code: vouchers.code,
      accountId: vouchers.accountId,
      rootId: sql<string>`${sql.raw(heldBy('vouchers.account_id'))}`.mapWith(String),
      amountMinor: vouchers.amountMinor,
      minimumMinor: vouchers.minimumMinor,
      currency: vouchers.currency,
      issuedAt: vouchers.issuedAt,
      expiresAt: vouchers.expiresAt,
      returnsMinor: vouchers.returnsMinor,
      usedAt: voucherUses.at,
      usedMinor: voucherUses.amountMinor,
      orderSource: voucherUses.orderSource,
      orderNumber: voucherUses.orderNumber,
      cancelledAt: voucherCancellations.at,
      cancelledFor: voucherCancellations.reason,
    })
    .from(vouchers)
    .leftJoin(voucherUses, eq(voucherUses.code, vouchers.code))
    .leftJoin(voucherCancellations, eq(voucherCancellations.code, vouchers.code))
    .where(eq(vouchers.code, sql.placeholder('code'))),
);

/** Whether goods of an order came back by a return: its refund is named by that. */
export const findReturned = query((db) =>
  db
    .select({ id: refunds.refundId })
    .from(orders)
    .innerJoin(refunds, eq(refunds.orderId, orders.id))
    .where(
      sql`${orders.source} = ${sql.placeholder('source')} AND ${orders.number} = ${sql.placeholder('number')}
        AND ${refunds.refundId} LIKE 'return:%'`,
    )
    .limit(1),
);

/** The order that a voucher or credit pays, as far as it is known: whose it is and what it costs. */
export const findPaidOrder = query((db) =>
  db
    .select({
      rootId: orders.rootId,
      currency: orders.currency,
      netMinor: sql<bigint>`${orders.totalMinor} - ${orders.discountMinor}`,
    })
    .from(orders)
    .where(
      sql`${orders.source} = ${sql.placeholder('source')} AND ${orders.number} = ${sql.placeholder('number')}`,
    ),
);
