import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, instant, money } from './columns.ts';

/**
 * What a member of staff has given and taken by hand on one business day, in sums without sign. The check is the limit of
 * the day: of several who would pass it together, the later ones are refused whole.
 */
export const creditDays = sqliteTable(
  'credit_days',
  {
    staffId: text('staff_id').notNull(),
    day: text().notNull(),
    movedMinor: money('moved_minor').notNull(),
    limitMinor: money('limit_minor').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.staffId, table.day] }),
    check('credit_days_within_limit', sql`moved_minor <= limit_minor`),
  ],
);

/** Credit to be given or taken by hand that is more than its author may alone. Append-only. */
export const creditRequests = sqliteTable(
  'credit_requests',
  {
    id: text().primaryKey(),
    accountId: text('account_id').notNull(),
    /** Signed. */
    amountMinor: money('amount_minor').notNull(),
    currency: text().notNull(),
    /** For the customer's statement. */
    reason: text().notNull(),
    /** The case it makes good for, if any. */
    feedbackId: text('feedback_id'),
    staffId: text('staff_id').notNull(),
    at: instant().notNull(),
  },
  (table) => [index('credit_requests_at').on(table.at)],
);

/** What a second person said to it, once. Append-only. */
export const creditDecisions = sqliteTable('credit_decisions', {
  requestId: text('request_id')
    .primaryKey()
    .references(() => creditRequests.id),
  outcome: text({ enum: ['agreed', 'declined'] }).notNull(),
  at: instant().notNull(),
  actor: text().notNull(),
});

/** What `payout_steps` was before a payment could be undone; its rows stand there, too, and nothing is added. Append-only. */
export const redemptionHandovers = sqliteTable('redemption_handovers', {
  redemptionId: text('redemption_id').primaryKey(),
  at: instant().notNull(),
  actor: text().notNull(),
});

/**
 * What became of a payout or donation, in its order: paid (a donation: passed on), not paid after all, returned to the
 * balance for good. It is to pay while there is no step or the last one is `unpaid`. Of two who take a step at once the
 * second is refused. Append-only.
 */
export const payoutSteps = sqliteTable(
  'payout_steps',
  {
    redemptionId: text('redemption_id').notNull(),
    seq: count().notNull(),
    kind: text({ enum: ['paid', 'unpaid', 'returned'] }).notNull(),
    /** Of the payment, such as that of the bank. */
    reference: text(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.redemptionId, table.seq] }),
    index('payout_steps_at').on(table.kind, table.at, table.redemptionId),
    check('payout_steps_in_turn', sql`kind = 'returned' OR (kind = 'paid') = (seq % 2 = 1)`),
  ],
);

/**
 * Payouts and donations that are neither paid nor returned. Derived: `payout-triggers.ts` keeps it in the write of each
 * redemption and step.
 */
export const openPayouts = sqliteTable(
  'open_payouts',
  {
    redemptionId: text('redemption_id').primaryKey(),
    kind: text({ enum: ['payout', 'donation'] }).notNull(),
    /** What a donation is for, '' where it does not say and of payouts. */
    cause: text().notNull(),
    currency: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    index('open_payouts_at').on(table.at, table.redemptionId),
    index('open_payouts_kind').on(table.kind, table.at, table.redemptionId),
    index('open_payouts_cause').on(table.cause, table.currency, table.at).where(sql`kind = 'donation'`),
  ],
);

/** What payouts and donations come to, by kind, cause and currency: open, and paid or passed on. Derived as `open_payouts`. */
export const payoutSums = sqliteTable(
  'payout_sums',
  {
    kind: text({ enum: ['payout', 'donation'] }).notNull(),
    cause: text().notNull(),
    currency: text().notNull(),
    openCount: count('open_count').notNull(),
    openMinor: money('open_minor').notNull(),
    paidMinor: money('paid_minor').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.cause, table.currency] }),
    index('payout_sums_open').on(table.kind, table.currency).where(sql`open_count > 0`),
    index('payout_sums_listed')
      .on(sql`open_minor DESC`, table.cause, table.currency)
      .where(sql`kind = 'donation' AND (open_count > 0 OR paid_minor > 0)`),
  ],
);
