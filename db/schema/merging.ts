import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, done, id, instant, money } from './columns.ts';

/**
 * Two customers of whom it turned out that they are one: the second went into the first, who survives. What has to be put
 * back when it is undone stands beside it, as it was. Append-only; see `functions/desk/merging`.
 */
export const customerMerges = sqliteTable(
  'customer_merges',
  {
    id: id(),
    survivorId: text('survivor_id').notNull(),
    survivorRootId: text('survivor_root_id').notNull(),
    mergedId: text('merged_id').notNull(),
    /** Null for who had no account of their own. */
    mergedRootId: text('merged_root_id'),
    /** The address that leads to the survivor from then on; null for who was known by keys alone. */
    email: text(),
    /** JSON of the columns that the survivor had not told and got. */
    filled: text().notNull(),
    survivorSignedUpAt: instant('survivor_signed_up_at'),
    /** What the whole earned less than the parts had: paid as a bonus, so that nobody loses by it. */
    keptMinor: money('kept_minor').notNull(),
    /** What the merged account owed. */
    owedMinor: money('owed_minor').notNull(),
    reason: text(),
    ...done(),
  },
  (table) => [
    index('customer_merges_survivor').on(table.survivorId),
    index('customer_merges_merged').on(table.mergedId),
    index('customer_merges_survivor_root').on(table.survivorRootId),
    index('customer_merges_merged_root').on(table.mergedRootId),
  ],
);

/** A merge taken back, once. Append-only. */
export const customerMergeUndos = sqliteTable('customer_merge_undos', {
  mergeId: text('merge_id').primaryKey(),
  reason: text(),
  ...done(),
});

/** An `adjust` entry by which balance went from one account to the other, and what it is. Append-only. */
export const customerMergeEntries = sqliteTable(
  'customer_merge_entries',
  {
    adjustmentId: text('adjustment_id').primaryKey(),
    mergeId: text('merge_id').notNull(),
    accountId: text('account_id').notNull(),
    entrySeq: count('entry_seq').notNull(),
    role: text({ enum: ['in', 'spent', 'owed', 'out', 'cleared'] }).notNull(),
    /** Written when the merge was undone. */
    isUndo: count('is_undo').notNull(),
  },
  (table) => [index('customer_merge_entries_merge').on(table.mergeId, table.accountId)],
);

/** A row that was the merged customer's and became the survivor's, to be given back. Append-only. */
export const customerMergeRows = sqliteTable(
  'customer_merge_rows',
  {
    mergeId: text('merge_id').notNull(),
    /** The table. */
    kind: text().notNull(),
    rowKey: text('row_key').notNull(),
  },
  (table) => [primaryKey({ columns: [table.mergeId, table.kind, table.rowKey] })],
);
