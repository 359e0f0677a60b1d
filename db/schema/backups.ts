import { sql } from 'drizzle-orm';
import { sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { count, done, id, instant } from './columns.ts';

const places = ['folder', 'bucket'] as const;
/** Why nothing came of a backup or of trying one. */
export const backupFailures = [
  'full',
  'busy',
  'away',
  'too_large',
  'damaged',
  'other_release',
  'gone',
  'other',
] as const;

/** What somebody or a process has to do, and how far it is. */
const work = () => ({
  askedAt: instant('asked_at').notNull(),
  /** An actor's name; `system:schedule` where nobody asked. */
  actor: text().notNull(),
  /** The process that is at it. */
  claimedBy: text('claimed_by'),
  /** When something was last heard of that process. */
  claimedAt: instant('claimed_at'),
  /** How often it was begun. */
  begun: count().notNull(),
  finishedAt: instant('finished_at'),
  /** Why nothing came of it; null while it is under way and once it went well. */
  failure: text({ enum: backupFailures }),
});

/** Each backup that was asked for or came due: one is under way at a time. */
export const backups = sqliteTable(
  'backups',
  {
    id: id(),
    /** A copy of the database's file, or an archive of all tables. */
    kind: text({ enum: ['copy', 'archive'] }).notNull(),
    place: text({ enum: places }).notNull(),
    /** The business day for which the schedule made it; null by hand. */
    slot: text().unique(),
    ...work(),
    /** So far, or of the whole. */
    bytes: count().notNull(),
    /** How many orders and ledger entries are in it, counted when it was made. */
    orders: count(),
    entries: count(),
    /** JSON of rows and sums by table, counted at the moment of an archive; null of a copy, and before they were kept. */
    totals: text(),
    deletedAt: instant('deleted_at'),
  },
  () => [uniqueIndex('backups_open').on(sql`(finished_at IS NULL)`).where(sql`finished_at IS NULL`)],
);

/** Each time a backup was restored to try it, beside the books: one at a time. */
export const backupDrills = sqliteTable(
  'backup_drills',
  {
    id: id(),
    backupId: text('backup_id')
      .notNull()
      .references(() => backups.id),
    ...work(),
    /** Whether it was restored and verified, or read back where there is nothing to restore it onto. */
    way: text({ enum: ['restored', 'read'] })
      .notNull()
      .default('restored'),
    /** JSON of how far an archive was read back; null before the first turn, and of what was restored. */
    position: text(),
    /** When the restoring began; how long it took is told from here. */
    begunAt: instant('begun_at'),
    /** Accounts that were gone over, so far or in all; rows, while it is read back. */
    accounts: count().notNull(),
    differences: count(),
    /** How many the restored books have. */
    orders: count(),
    entries: count(),
    /** How many files that customers sent are named and not in it; null of what was restored. */
    filesMissing: count('files_missing'),
  },
  () => [uniqueIndex('backup_drills_open').on(sql`(finished_at IS NULL)`).where(sql`finished_at IS NULL`)],
);

/** When backups are made by themselves, each time that was decided; the newest holds. */
export const backupSchedules = sqliteTable('backup_schedules', {
  id: id(),
  every: text({ enum: ['off', 'day', 'week'] }).notNull(),
  /** 1 is Monday; only a week's matters. */
  weekday: count().notNull(),
  /** In business time, 0 to 23. */
  hour: count().notNull(),
  /** How many of the schedule's own stay. */
  keep: count().notNull(),
  place: text({ enum: places }).notNull(),
  ...done(),
});
