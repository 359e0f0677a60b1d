import { sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { readFlag } from '../../../../db/schema/columns.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';

/** When somebody is away, both days included, and who stands in for them. */
export interface Absence {
  id: string;
  staffId: string;
  name: string;
  standInId: string;
  standIn: string;
  /** Whether the stand-in still works here. */
  isStoodIn: boolean;
  from: string;
  until: string;
  isNow: boolean;
}

/** Absences that are or will be, the soonest first. @throws {AppError} `unauthenticated`, `forbidden` */
export async function listAbsences(ctx: Context): Promise<Absence[]> {
  allow(ctx.actor, 'customers:read');
  const today = dayOf(ctx.now(), (await getBusiness(ctx)).timeZone);
  const rows = await listAhead(ctx.db, { today });
  return rows.map((row) => ({ ...row, isNow: row.from <= today }));
}

const listAhead = query((db) =>
  db
    .select({
      id: sql<string>`a.id`,
      staffId: sql<string>`s.id`,
      name: sql<string>`coalesce(s.name, p.name, s.email)`,
      standInId: sql<string>`i.id`,
      standIn: sql<string>`coalesce(i.name, q.name, i.email)`,
      isStoodIn: sql<boolean>`(i.disabled_at IS NULL)`.mapWith(readFlag),
      from: sql<string>`a.from_day`,
      until: sql<string>`a.until_day`,
    })
    .from(
      sql`staff_absences AS a CROSS JOIN staff AS s ON s.id = a.staff_id AND s.disabled_at IS NULL
        CROSS JOIN staff AS i ON i.id = a.stand_in_id
        LEFT JOIN staff_profiles AS p ON p.staff_id = s.id LEFT JOIN staff_profiles AS q ON q.staff_id = i.id`,
    )
    .where(sql`a.ended_at IS NULL AND a.until_day >= ${sql.placeholder('today')}`)
    .orderBy(sql`a.from_day`, sql`a.id`),
);
