import { sql } from 'drizzle-orm';
import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, done, id, instant } from './columns.ts';

export const importKinds = ['orders', 'customers', 'feedback', 'managers', 'archive'] as const;

export const importRunStates = [
  'uploading',
  'checking',
  'checked',
  'waiting',
  'running',
  'done',
  'failed',
  'cancelled',
  'undoing',
  'undone',
] as const;

/**
 * A file that somebody brings in from the browser, from its upload to its end. The file lies under the run's id where
 * large files are kept, until the run is over.
 */
export const importRuns = sqliteTable(
  'import_runs',
  {
    id: id(),
    kind: text({ enum: importKinds }).notNull(),
    fileName: text('file_name').notNull(),
    /** 0 until all of it has come; NULL once it was deleted. */
    fileBytes: count('file_bytes'),
    state: text({ enum: importRunStates }).notNull(),
    /** The newest of its steps. */
    seq: count().notNull(),
    /** JSON of what the file was found to be: headers, sample rows, a guessed map. */
    look: text(),
    /** JSON of the map that reads it; NULL for a file known by its headers. */
    map: text(),
    /** For a file that does not say its currency; NULL for that of the business. */
    currency: text(),
    /** JSON of the report of the dry run. */
    preview: text(),
    /** JSON of the report of the import. */
    report: text(),
    /** The import it became, which can be undone. */
    importId: text('import_id'),
    phase: text({ enum: ['look', 'read', 'write', 'undo'] }),
    phaseAt: instant('phase_at'),
    rowsDone: count('rows_done').notNull(),
    rowsTotal: count('rows_total'),
    progressAt: instant('progress_at'),
    /** Which process works on it. */
    claimedBy: text('claimed_by'),
    /** Why it failed, or why it cannot be undone, as a sentence. */
    failure: text(),
    /** Rows that are kept as a file, to be mended. */
    rejectedRows: count('rejected_rows'),
    startedAt: instant('started_at').notNull(),
    startedBy: text('started_by').notNull(),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    index('import_runs_started').on(table.startedAt),
    index('import_runs_import').on(table.importId).where(sql`import_id IS NOT NULL`),
    index('import_runs_to_do')
      .on(table.id)
      .where(sql`state IN ('checking', 'waiting', 'running', 'undoing')`),
  ],
);

/** Every state a run came into, when and by whom; the primary key lets only one of two decisions pass. Append-only. */
export const importRunSteps = sqliteTable(
  'import_run_steps',
  {
    runId: text('run_id')
      .notNull()
      .references(() => importRuns.id),
    seq: count().notNull(),
    state: text({ enum: importRunStates }).notNull(),
    ...done(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.seq] })],
);

/** How files with a certain row of headers were read last, offered again for the next. */
export const importMaps = sqliteTable('import_maps', {
  /** SHA-256 of the headers, base64url. */
  headersHash: text('headers_hash').primaryKey(),
  map: text().notNull(),
  ...done(),
});
