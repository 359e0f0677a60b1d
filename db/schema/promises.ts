import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { count, done, flag, id, money } from './columns.ts';

/** Whether a benefit was kept for one member, as somebody told it. Append-only. */
export const promiseTellings = sqliteTable(
  'promise_tellings',
  {
    id: id(),
    benefitId: text('benefit_id').notNull(),
    accountId: text('account_id').notNull(),
    isKept: flag('is_kept').notNull(),
    /** The business day on which it was kept or not. */
    day: text().notNull(),
    note: text(),
    ...done(),
  },
  (table) => [
    index('promise_tellings_benefit').on(table.benefitId, table.day),
    index('promise_tellings_account').on(table.accountId),
    index('promise_tellings_broken').on(table.at).where(sql`is_kept = 0`),
  ],
);

/** That something told of a benefit was told by mistake; what was made good for it stays. Append-only. */
export const promiseTellingWithdrawals = sqliteTable('promise_telling_withdrawals', {
  tellingId: text('telling_id')
    .primaryKey()
    .references(() => promiseTellings.id),
  reason: text().notNull(),
  ...done(),
});

/**
 * A broken promise that was made good, once: `kind` and `subject_id` name the order that came late, or what was told of a
 * benefit. Its bonus is owed by this row (`verify`). Append-only.
 */
export const promiseAmends = sqliteTable(
  'promise_amends',
  {
    id: id(),
    kind: text({ enum: ['day', 'benefit'] }).notNull(),
    subjectId: text('subject_id').notNull(),
    accountId: text('account_id').notNull(),
    amountMinor: money('amount_minor').notNull(),
    currency: text().notNull(),
    ...done(),
  },
  (table) => [
    uniqueIndex('promise_amends_once').on(table.kind, table.subjectId),
    index('promise_amends_account').on(table.accountId),
    check('promise_amends_positive', sql`amount_minor > 0`),
  ],
);

/** That a promise was kept too seldom: the figures with which it is proposed to withdraw it. Append-only. */
export const promiseFindings = sqliteTable(
  'promise_findings',
  {
    id: id(),
    /** A benefit, or `days` for the promised days of orders. */
    promise: text().notNull(),
    kept: count().notNull(),
    of: count().notNull(),
    ...done(),
  },
  (table) => [
    index('promise_findings_promise').on(table.promise, table.at),
    check('promise_findings_counts', sql`kept >= 0 AND kept < "of"`),
  ],
);

/** What the owner made of a finding. Append-only. */
export const promiseDecisions = sqliteTable('promise_decisions', {
  findingId: text('finding_id').primaryKey(),
  decision: text({ enum: ['withdrawn', 'kept_on'] }).notNull(),
  note: text(),
  ...done(),
});
