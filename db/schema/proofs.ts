import { sql } from 'drizzle-orm';
import { primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts } from './accounts.ts';
import { count, id, instant } from './columns.ts';

/** Each time the books were gone over: what has changed since the time before, or everything; one of each at a time. */
export const proofRuns = sqliteTable(
  'proof_runs',
  {
    id: id(),
    /** The business day in whose night it began; null when somebody asked for it. */
    night: text().unique(),
    scope: text({ enum: ['changed', 'all'] }).notNull(),
    /** The newest change that it covers. */
    upTo: count('up_to').notNull(),
    /** How far it has come: an account's id where it goes over everything, the place of a change where not. */
    reached: text().notNull(),
    accounts: count().notNull(),
    entries: count().notNull(),
    differences: count().notNull(),
    begunAt: instant('begun_at').notNull(),
    actor: text().notNull(),
    /** When owners were told that something differs. */
    toldAt: instant('told_at'),
    finishedAt: instant('finished_at'),
  },
  (table) => [uniqueIndex('proof_runs_open').on(table.scope).where(sql`finished_at IS NULL`)],
);

/** The first differences that a run found: what follows from orders, rules and causes, and what is kept. */
export const proofDifferences = sqliteTable(
  'proof_differences',
  {
    runId: text('run_id')
      .notNull()
      .references(() => proofRuns.id),
    place: count().notNull(),
    /** The root account; empty where a row belongs to none. */
    accountId: text('account_id').notNull(),
    what: text().notNull(),
    expected: text().notNull(),
    found: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.place] })],
);

/** Root accounts that did not add up when they were last gone over: no balance of theirs is paid out. */
export const accountDoubts = sqliteTable('account_doubts', {
  accountId: text('account_id')
    .primaryKey()
    .references(() => accounts.id),
  since: instant().notNull(),
});
