import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, instant, money } from './columns.ts';

/** A single-use code worth money off a later purchase, bought with balance or paid by a rule. */
export const vouchers = sqliteTable(
  'vouchers',
  {
    code: text().primaryKey(),
    accountId: text('account_id').notNull(),
    /** The `redeem` entry that paid for it. */
    entrySeq: count('entry_seq').notNull(),
    /** JSON `[[lot seq, amount], …]`: what a cancellation gives back. */
    taken: text().notNull(),
    redemptionId: text('redemption_id'),
    ruleId: text('rule_id'),
    version: count(),
    periodStart: text('period_start'),
    amountMinor: money('amount_minor').notNull(),
    minimumMinor: money('minimum_minor').notNull(),
    currency: text().notNull(),
    issuedAt: instant('issued_at').notNull(),
    expiresAt: instant('expires_at'),
    /** What goes back to the balance when it ends unused: paid by credit that would have lasted longer. */
    returnsMinor: money('returns_minor').notNull().default(sql`0`),
  },
  (table) => [
    index('vouchers_with_minimum').on(table.issuedAt).where(sql`minimum_minor > 0`),
    index('vouchers_returning').on(table.expiresAt).where(sql`returns_minor > 0`),
    index('vouchers_account').on(table.accountId, table.issuedAt),
    index('vouchers_expiring').on(table.expiresAt).where(sql`expires_at IS NOT NULL`),
    check('vouchers_positive', sql`amount_minor > 0`),
  ],
);

/** The one use of a voucher: what it paid of which order. Append-only. */
export const voucherUses = sqliteTable(
  'voucher_uses',
  {
    code: text().primaryKey(),
    accountId: text('account_id').notNull(),
    orderSource: text('order_source').notNull(),
    orderNumber: text('order_number').notNull(),
    amountMinor: money('amount_minor').notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [index('voucher_uses_order').on(table.orderSource, table.orderNumber)],
);

/** A voucher withdrawn before use: its redemption was reversed, a return took back what paid for it, or it ended and the
 * credit in it that lasts longer went back. Append-only. */
export const voucherCancellations = sqliteTable('voucher_cancellations', {
  code: text().primaryKey(),
  accountId: text('account_id').notNull(),
  reason: text({ enum: ['reversed', 'returned', 'lapsed'] }).notNull(),
  at: instant().notNull(),
});
