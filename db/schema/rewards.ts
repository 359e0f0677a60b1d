import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { entryKinds } from '../kinds.ts';
import { accounts } from './accounts.ts';
import { count, done, flag, instant, money } from './columns.ts';

/** Every programme that was ever set; the newest revision is in force. `definition` is the programme file. Append-only. */
export const programmes = sqliteTable('programmes', {
  revision: count().primaryKey(),
  definition: text().notNull(),
  setAt: instant('set_at').notNull(),
  setBy: text('set_by').notNull(),
});

/** A frozen version of a rule (DOMAIN §2, Versions). Only `until` may be set later, once, and `position` follow the file. */
export const ruleVersions = sqliteTable(
  'rule_versions',
  {
    ruleId: text('rule_id').notNull(),
    version: count().notNull(),
    position: count().notNull(),
    definition: text().notNull(),
    /** First day that no longer counts, business time. */
    until: text(),
    revision: count().notNull(),
  },
  (table) => [primaryKey({ columns: [table.ruleId, table.version] })],
);

/** What one order counts for one rule version; every sum above it can be checked from these rows. */
export const countedSpend = sqliteTable(
  'counted_spend',
  {
    rootId: text('root_id').notNull(),
    placedAt: instant('placed_at').notNull(),
    number: text().notNull(),
    source: text().notNull(),
    ruleId: text('rule_id').notNull(),
    version: count().notNull(),
    periodStart: text('period_start').notNull(),
    periodEnd: text('period_end'),
    orderId: text('order_id').notNull(),
    countedMinor: money('counted_minor').notNull(),
    /** When the waiting days are over; null while the order is not delivered. */
    settlesAt: instant('settles_at'),
    isSettled: flag('is_settled').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.rootId, table.placedAt, table.number, table.source, table.ruleId, table.version],
    }),
    index('counted_spend_due')
      .on(table.settlesAt, table.rootId)
      .where(sql`is_settled = 0 AND settles_at IS NOT NULL`),
    check('counted_spend_positive', sql`counted_minor > 0`),
  ],
);

/** Per root account, rule version and period: counted spend, its settled part, and what was posted for it. */
export const periodTotals = sqliteTable(
  'period_totals',
  {
    rootId: text('root_id').notNull(),
    ruleId: text('rule_id').notNull(),
    version: count().notNull(),
    periodStart: text('period_start').notNull(),
    periodEnd: text('period_end'),
    spendMinor: money('spend_minor').notNull(),
    settledMinor: money('settled_minor').notNull(),
    postedMinor: money('posted_minor').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.rootId, table.ruleId, table.version, table.periodStart] }),
    check('period_totals_whole', sql`settled_minor BETWEEN 0 AND spend_minor AND posted_minor >= 0`),
  ],
);

/**
 * The ledger: append-only, hash-chained per root account. `amount_minor` is signed, `balance_after_minor`
 * the running sum. `spend_after_minor` is the settled spend an earn or clawback was computed from.
 */
export const ledger = sqliteTable(
  'ledger',
  {
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    seq: count().notNull(),
    kind: text({ enum: entryKinds }).notNull(),
    amountMinor: money('amount_minor').notNull(),
    balanceAfterMinor: money('balance_after_minor').notNull(),
    currency: text().notNull(),
    effectiveAt: instant('effective_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    ruleId: text('rule_id'),
    version: count(),
    periodStart: text('period_start'),
    periodEnd: text('period_end'),
    spendAfterMinor: money('spend_after_minor'),
    orderSource: text('order_source'),
    orderNumber: text('order_number'),
    /** The lot an `expire` or `unexpire` closes or reopens. */
    lotSeq: count('lot_seq'),
    /** The entry a `reversal` gives back. */
    causeSeq: count('cause_seq'),
    /** The redemption, voucher or adjustment behind the entry. */
    cause: text(),
    expiresAt: instant('expires_at'),
    hash: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.seq] }),
    check('ledger_not_zero', sql`amount_minor <> 0`),
    check('ledger_redeem_covered', sql`kind <> 'redeem' OR (amount_minor < 0 AND balance_after_minor >= 0)`),
    check(
      'ledger_signs',
      sql`(kind IN ('earn','reversal','unexpire','bonus','forgive') AND amount_minor > 0)
        OR (kind IN ('clawback','redeem','expire','bonus_reversal') AND amount_minor < 0) OR kind = 'adjust'`,
    ),
  ],
);

/** A positive entry and what is left of it; `seq` is the entry's. Derived from the ledger, checked by `verify`. */
export const lots = sqliteTable(
  'lots',
  {
    accountId: text('account_id').notNull(),
    seq: count().notNull(),
    ruleId: text('rule_id'),
    version: count(),
    amountMinor: money('amount_minor').notNull(),
    remainingMinor: money('remaining_minor').notNull(),
    expiredMinor: money('expired_minor').notNull(),
    datedAt: instant('dated_at').notNull(),
    expiresAt: instant('expires_at'),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.seq] }),
    index('lots_expiring')
      .on(table.expiresAt, table.accountId)
      .where(sql`remaining_minor > 0 AND expires_at IS NOT NULL`),
    index('lots_dated').on(table.datedAt, table.accountId).where(sql`remaining_minor > 0`),
    check(
      'lots_whole',
      sql`remaining_minor >= 0 AND expired_minor >= 0 AND remaining_minor + expired_minor <= amount_minor`,
    ),
  ],
);

/** Spending balance: at the till, as voucher, as donation, as payout. */
export const redemptions = sqliteTable(
  'redemptions',
  {
    id: text().primaryKey(),
    accountId: text('account_id').notNull(),
    customerId: text('customer_id'),
    kind: text({ enum: ['till', 'voucher', 'donation', 'payout'] }).notNull(),
    amountMinor: money('amount_minor').notNull(),
    currency: text().notNull(),
    reference: text(),
    entrySeq: count('entry_seq').notNull(),
    /** JSON `[[lot seq, amount], …]`: what a reversal gives back. */
    taken: text().notNull(),
    voucherCode: text('voucher_code'),
    at: instant().notNull(),
    actor: text().notNull(),
    /** The order that credit paid a part of at the till; null where the till does not say. */
    orderSource: text('order_source'),
    orderNumber: text('order_number'),
  },
  (table) => [
    index('redemptions_account').on(table.accountId, table.at),
    index('redemptions_order').on(table.orderSource, table.orderNumber).where(sql`order_source IS NOT NULL`),
    index('redemptions_owed').on(table.at).where(sql`kind IN ('payout', 'donation')`),
    check('redemptions_positive', sql`amount_minor > 0`),
  ],
);

/** A redemption taken back, once. Append-only. */
export const reversals = sqliteTable('reversals', {
  redemptionId: text('redemption_id').primaryKey(),
  accountId: text('account_id').notNull(),
  entrySeq: count('entry_seq').notNull(),
  reason: text(),
  at: instant().notNull(),
  actor: text().notNull(),
});

/** A goodwill entry and why it was given. Append-only. */
export const adjustments = sqliteTable('adjustments', {
  id: text().primaryKey(),
  accountId: text('account_id').notNull(),
  entrySeq: count('entry_seq').notNull(),
  reason: text().notNull(),
  at: instant().notNull(),
  actor: text().notNull(),
});

/**
 * The one draft of the next programme: a programme file in which a rule may leave out `from`, or NULL once it was
 * published or dropped. Its newest revision counts, and two who change the same one cannot both write the next.
 */
export const programmeDrafts = sqliteTable('programme_drafts', {
  revision: count().primaryKey(),
  definition: text(),
  ...done(),
});

/** What a programme posted when it was brought to the accounts that were there; orders that came later are not in it. */
export const programmePostings = sqliteTable('programme_postings', {
  revision: count().primaryKey(),
  netMinor: money('net_minor').notNull(),
  entries: count().notNull(),
  accounts: count().notNull(),
  at: instant().notNull(),
});
