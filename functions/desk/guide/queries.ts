import { eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { guideReads } from '../../../db/schema/index.ts';
import type { Role } from '../../ground/platform/context.ts';

/** The newest note of each chapter that has one. */
export const listNotes = query((db) =>
  db
    .select({
      chapter: sql<string>`n.chapter`,
      text: sql<string>`n.text`,
      at: sql<number>`n.at`.mapWith(Number),
    })
    .from(sql`guide_notes AS n`)
    .where(sql`n.id = (SELECT max(m.id) FROM guide_notes AS m WHERE m.chapter = n.chapter) AND n.text <> ''`),
);

export const listReadBy = query((db) =>
  db
    .select({ chapter: guideReads.chapter, at: guideReads.at })
    .from(guideReads)
    .where(eq(guideReads.staffId, sql.placeholder('staffId'))),
);

/** Who works here, with the chapters they have read as JSON. */
export const listReaders = query((db) =>
  db
    .select({
      id: sql<string>`s.id`,
      name: sql<string>`coalesce(s.name, s.email)`,
      role: sql<Role>`s.role`,
      read: sql<string>`(SELECT json_group_array(r.chapter) FROM guide_reads AS r WHERE r.staff_id = s.id)`,
      lastAt: sql<number | null>`(SELECT max(r.at) FROM guide_reads AS r WHERE r.staff_id = s.id)`.mapWith(
        Number,
      ),
    })
    .from(sql`staff AS s`)
    .where(sql`s.disabled_at IS NULL`)
    .orderBy(sql`coalesce(s.name, s.email), s.id`),
);

/** When somebody began to work here. */
export const findBegan = query((db) =>
  db
    .select({ at: sql<number>`s.created_at`.mapWith(Number) })
    .from(sql`staff AS s`)
    .where(sql`s.id = ${sql.placeholder('staffId')}`),
);
