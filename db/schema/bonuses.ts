import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, instant, money } from './columns.ts';

/**
 * A `bonus` entry and what it is for; of one cause an account has one that is not reversed. What a cause owes follows
 * from the cause's own rows, and `verify` compares. Append-only.
 */
export const bonuses = sqliteTable(
  'bonuses',
  {
    id: text().primaryKey(),
    accountId: text('account_id').notNull(),
    causeKind: text('cause_kind', {
      enum: [
        'referral',
        'survey',
        'club',
        'campaign',
        'occasion',
        'promise',
        'thanks',
        'return',
        'kept_at_merge',
      ],
    }).notNull(),
    causeId: text('cause_id').notNull(),
    amountMinor: money('amount_minor').notNull(),
    currency: text().notNull(),
    entrySeq: count('entry_seq').notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [
    index('bonuses_account').on(table.accountId, table.causeKind, table.causeId),
    check('bonuses_positive', sql`amount_minor > 0`),
  ],
);

/** A bonus taken back, whole and once. Append-only. */
export const bonusReversals = sqliteTable(
  'bonus_reversals',
  {
    bonusId: text('bonus_id').primaryKey(),
    accountId: text('account_id').notNull(),
    entrySeq: count('entry_seq').notNull(),
    reason: text().notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [index('bonus_reversals_account').on(table.accountId)],
);
