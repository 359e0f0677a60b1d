import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import type { AuditKind } from '../../ground/audit/audit-kind.ts';

/** Who did something last, and when. */
export interface LastAct {
  at: number;
  /** The member's name, else their email; null when it was no member of the team. */
  by: string | null;
}

/** The last act of one kind on each of some subjects, by their ids; who was never acted upon is left out. */
export async function listLastActs(
  db: Store,
  { kind, subjectKind, ids }: { kind: AuditKind; subjectKind: string; ids: readonly string[] },
): Promise<ReadonlyMap<string, LastAct>> {
  if (ids.length === 0) return new Map();
  const rows = await listLast(db, { kind, subjectKind, ids: JSON.stringify(ids) });
  return new Map(rows.map(({ id, at, by }) => [id, { at, by }]));
}

const listLast = query((db) =>
  db
    .select({
      id: sql<string>`id`.mapWith(String),
      at: sql<number>`at`.mapWith(Number),
      by: sql<string | null>`who`.mapWith(String),
    })
    .from(
      sql`(SELECT wanted.value AS id, done.at AS at, coalesce(member.name, member.email) AS who
        FROM json_each(${sql.placeholder('ids')}) AS wanted
        JOIN audit_log AS done ON done.id = (
          SELECT id FROM audit_log
          WHERE subject_kind = ${sql.placeholder('subjectKind')} AND subject_id = wanted.value
            AND act = ${sql.placeholder('kind')}
          ORDER BY at DESC, id DESC LIMIT 1)
        LEFT JOIN staff AS member ON done.actor = 'staff:' || member.id)`,
    ),
);
