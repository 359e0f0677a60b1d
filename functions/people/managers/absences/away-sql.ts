import { type SQL, sql } from 'drizzle-orm';

/**
 * SQL of who is away on a day of business time, and who stands in for them, who works here: `(id, staff_id, stand_in_id,
 * from_day, until_day)`, at most one row a member.
 */
export const awaySql = (
  today: SQL,
) => sql`(SELECT a.id, a.staff_id, a.stand_in_id, a.from_day, max(a.until_day) AS until_day
  FROM staff_absences AS a CROSS JOIN staff AS i ON i.id = a.stand_in_id AND i.disabled_at IS NULL
  WHERE a.ended_at IS NULL AND a.from_day <= ${today} AND a.until_day >= ${today} GROUP BY a.staff_id)`;

/** SQL of the ids of those for whom a member, by id or as a column, stands in on a day. */
export const stoodInForSql = ({ staffId, today }: { staffId: string | SQL; today: string }) =>
  sql`(SELECT w.staff_id FROM ${awaySql(sql`${today}`)} AS w WHERE w.stand_in_id = ${staffId})`;
