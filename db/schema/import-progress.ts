import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count } from './columns.ts';

/** How far an import has come that can be taken up again; written after each of its steps. */
export const importProgress = sqliteTable('import_progress', {
  /** What the caller calls it. */
  run: text().primaryKey(),
  /** NULL for a dry run. */
  importId: text('import_id'),
  phase: text({ enum: ['accounts', 'refunds', 'rows', 'finishes', 'undo', 'over'] }).notNull(),
  /** The key of the last account, or in `refunds` of the last order, that is done; elsewhere how many rows are. */
  reached: text().notNull(),
  /** Steps so far. */
  steps: count().notNull(),
  /** JSON of what it told so far. */
  told: text().notNull(),
});

/** What an import wrote of one account, or of some rows, since its last step, in the batch of that write. */
export const importMarks = sqliteTable(
  'import_marks',
  {
    run: text().notNull(),
    unit: text().notNull(),
    /** JSON of what was counted. */
    tally: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.run, table.unit] })],
);

/** Orders or rows that the steps of an import left out. */
export const importRefusals = sqliteTable(
  'import_refusals',
  {
    run: text().notNull(),
    step: count().notNull(),
    /** JSON of orders, lines and reasons. */
    refusals: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.run, table.step] })],
);
