import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { backupDrills, backupSchedules, backups } from '../../../db/schema/index.ts';

export type BackupRow = typeof backups.$inferSelect;
export type DrillRow = typeof backupDrills.$inferSelect;

export const findSchedule = queryOne((db) =>
  db.select().from(backupSchedules).orderBy(desc(backupSchedules.id)).limit(1),
);

/** The one that is under way. */
export const findOpenBackup = queryOne((db) =>
  db.select().from(backups).where(isNull(backups.finishedAt)).limit(1),
);

export const findOpenDrill = queryOne((db) =>
  db.select().from(backupDrills).where(isNull(backupDrills.finishedAt)).limit(1),
);

export const findBackup = queryOne((db) =>
  db
    .select()
    .from(backups)
    .where(and(eq(backups.id, sql.placeholder('id')), isNull(backups.deletedAt))),
);

export const hasSlot = queryOne((db) =>
  db
    .select({ id: backups.id })
    .from(backups)
    .where(eq(backups.slot, sql.placeholder('slot'))),
);

/** All that there are, and what failed, the newest first. */
export const listRows = query((db) =>
  db
    .select()
    .from(backups)
    .where(isNull(backups.deletedAt))
    .orderBy(desc(backups.id))
    .limit(sql.placeholder('limit')),
);

/** When the newest one that is there was made. */
export const findNewest = queryOne((db) =>
  db
    .select({ at: backups.finishedAt })
    .from(backups)
    .where(and(isNull(backups.deletedAt), isNull(backups.failure), isNotNull(backups.finishedAt)))
    .orderBy(desc(backups.finishedAt))
    .limit(1),
);

/** What the schedule made and tried to make, the newest first. */
export const listScheduled = query((db) =>
  db
    .select({
      id: backups.id,
      kind: backups.kind,
      place: backups.place,
      failure: backups.failure,
    })
    .from(backups)
    .where(and(isNotNull(backups.slot), isNotNull(backups.finishedAt), isNull(backups.deletedAt)))
    .orderBy(desc(backups.id)),
);

/** The newest try of each of some backups, by their ids as JSON. */
export const listLastDrills = query((db) =>
  db
    .select()
    .from(backupDrills)
    .where(
      sql`${backupDrills.id} IN (SELECT max(id) FROM backup_drills
        WHERE backup_id IN (SELECT value FROM json_each(${sql.placeholder('ids')})) GROUP BY backup_id)`,
    ),
);

/** How much is in the books: what a backup has to bring back. */
export const countBooks = queryOne((db) =>
  db
    .select({
      orders: sql<number>`orders`.mapWith(Number),
      entries: sql<number>`entries`.mapWith(Number),
    })
    .from(sql`(SELECT (SELECT count(*) FROM orders) AS orders, (SELECT count(*) FROM ledger) AS entries)`),
);
