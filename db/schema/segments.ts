import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, done, instant } from './columns.ts';

/**
 * What a segment asks, and what it is called, each time somebody says it anew; the newest holds. The revision counts over
 * all segments, so that of two who change any at once one looks again. Append-only.
 */
export const segmentVersions = sqliteTable(
  'segment_versions',
  {
    revision: count().primaryKey(),
    segmentId: text('segment_id').notNull(),
    /** Null where it is called as the kind it began as, or by its id. */
    name: text(),
    /** JSON (DOMAIN §5); null once it was removed. */
    definition: text(),
    ...done(),
  },
  (table) => [index('segment_versions_segment').on(table.segmentId, table.revision)],
);

/** Under which terms everybody was last asked. Derived: without a row they are asked anew. */
export const segmentAskings = sqliteTable('segment_askings', {
  segmentId: text('segment_id').primaryKey(),
  /** The business day, the revisions of the segment and of those that it names, and the like. */
  terms: text().notNull(),
  at: instant().notNull(),
});

/** That a segment could not be asked: how often in a row under the same terms, why, and when it is tried again. Derived. */
export const segmentFailures = sqliteTable('segment_failures', {
  segmentId: text('segment_id').primaryKey(),
  terms: text().notNull(),
  times: count().notNull(),
  /** Without any data. */
  reason: text().notNull(),
  at: instant().notNull(),
  againAt: instant('again_at').notNull(),
});
