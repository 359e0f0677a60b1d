import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instant } from './columns.ts';

/**
 * Who takes an archive out of a server or brings one in: one of each at a time, and for no longer than they are heard of; and
 * while one is written, that all others who write hold back (`hold-back.ts`).
 */
export const archivePlaces = sqliteTable('archive_places', {
  what: text({ enum: ['out', 'in', 'write'] }).primaryKey(),
  holder: text().notNull(),
  /** From then on the holder counts as gone, unless it says again that it is there. */
  until: instant().notNull(),
});
