import { sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { AnyFeedbackKind } from './types.ts';

/** How many answers that were promised somebody of the staff gave in time, out of how many. */
export interface KeptAnswers {
  /** Who answered, else whose the case is; null for nobody. */
  staffId: string | null;
  kind: AnyFeedbackKind;
  kept: number;
  of: number;
}

/**
 * Answers to cases that were kept or broken between two instants, by person and kind. A promise is judged once: when it was
 * answered in time, else when it was due, whether anybody has answered since or not.
 */
export function countKeptAnswers(
  { db, now }: Context,
  { since, until }: { since: number; until: number },
): Promise<KeptAnswers[]> {
  const end = Math.min(until, now());
  const judged = sql`SELECT r.staff_id AS whose, r.feedback_id, r.at <= r.due_at AS is_kept FROM case_replies AS r
      WHERE r.judged_at >= ${since} AND r.judged_at < ${until}
    UNION ALL SELECT c.owner_id, c.feedback_id, 0 FROM cases AS c WHERE c.reply_due_at >= ${since} AND c.reply_due_at < ${end}`;
  return ask(db, (query) =>
    query
      .select({
        staffId: sql<string | null>`j.whose`,
        kind: sql<AnyFeedbackKind>`f.kind`,
        kept: sql<number>`sum(j.is_kept)`.mapWith(Number),
        of: sql<number>`count(*)`.mapWith(Number),
      })
      .from(sql`(${judged}) AS j CROSS JOIN feedback AS f ON f.id = j.feedback_id`)
      .groupBy(sql`j.whose, f.kind`),
  );
}

/** How many cases that were first over between two instants, and still are, had every answer in time, by whose they are. */
export function countClosedInTime(
  { db }: Context,
  { since, until }: { since: number; until: number },
): Promise<{ staffId: string; cases: number }[]> {
  const overAt = sql`(SELECT min(e.at) FROM case_events AS e
    WHERE e.feedback_id = c.feedback_id AND e.kind IN ('resolved', 'closed'))`;
  return ask(db, (query) =>
    query
      .select({
        staffId: sql<string>`c.owner_id`,
        cases: sql<number>`count(*)`.mapWith(Number),
      })
      .from(sql`cases AS c`)
      .where(
        sql`c.state IN ('resolved', 'closed') AND c.changed_at >= ${since} AND +c.owner_id IS NOT NULL
          AND ${overAt} >= ${since} AND ${overAt} < ${until}
          AND EXISTS (SELECT 1 FROM case_replies AS r WHERE r.feedback_id = c.feedback_id)
          AND NOT EXISTS (SELECT 1 FROM case_replies AS r WHERE r.feedback_id = c.feedback_id AND r.at > r.due_at)`,
      )
      .groupBy(sql`c.owner_id`),
  );
}
