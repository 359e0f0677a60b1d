import { sql } from 'drizzle-orm';
import { index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { count, id, instant } from './columns.ts';

/** Stands while an erasure is written, in the batch that writes it: append-only tables let it through by this row alone. */
export const erasurePasses = sqliteTable('erasure_passes', { id: count().primaryKey() });

/**
 * Who was erased, by an id that tells nobody who it was: applied again to whatever is restored. A copy of each row lies beside
 * the files, numbered by `seq`. Append-only.
 */
export const erasures = sqliteTable(
  'erasures',
  {
    customerId: text('customer_id').primaryKey(),
    seq: count().notNull().unique(),
    /** What they told the business: kept without their name, or gone as well. */
    words: text({ enum: ['kept', 'gone'] }).notNull(),
    askedBy: text('asked_by', { enum: ['customer', 'staff', 'command'] }).notNull(),
    at: instant().notNull(),
    /** When the database was swept of what it deletes, the files and the copy were written; null until then. */
    finishedAt: instant('finished_at'),
  },
  (table) => [index('erasures_open').on(table.seq).where(sql`finished_at IS NULL`)],
);

/** Texts with names, and the same without, by table and column: in the batch that writes an erasure, and gone with its end. */
export const erasureTexts = sqliteTable(
  'erasure_texts',
  { place: text().notNull(), text: text().notNull(), masked: text().notNull() },
  (table) => [primaryKey({ columns: [table.place, table.text] })],
);

/**
 * Files of imports that name somebody who was erased, under the names by which they lie: their runs have ended and they are
 * about to be deleted.
 */
export const erasedImports = sqliteTable('erased_imports', { name: text().primaryKey() });

/** Files of the store that an erasure leaves to be deleted. */
export const erasedFiles = sqliteTable('erased_files', { storedAs: text('stored_as').primaryKey() });

/** A customer's wish to be erased: carried out once a day has passed, unless they take it back. */
export const erasureRequests = sqliteTable(
  'erasure_requests',
  {
    id: id(),
    customerId: text('customer_id').notNull(),
    words: text({ enum: ['kept', 'gone'] }).notNull(),
    askedAt: instant('asked_at').notNull(),
    dueAt: instant('due_at').notNull(),
    cancelledAt: instant('cancelled_at'),
    doneAt: instant('done_at'),
  },
  (table) => [
    uniqueIndex('erasure_requests_open')
      .on(table.customerId)
      .where(sql`cancelled_at IS NULL AND done_at IS NULL`),
    index('erasure_requests_due').on(table.dueAt).where(sql`cancelled_at IS NULL AND done_at IS NULL`),
  ],
);
