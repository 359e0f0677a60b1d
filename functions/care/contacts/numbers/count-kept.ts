import { sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { whoseToAnswer } from './whose.ts';

/**
 * Of those whom a contact let wait, how many were answered in time, by who did or was to. Judged once, between two instants: when
 * they were answered in time, else when it was due. Who waited before there were standards is left out.
 */
export function countKeptContacts(
  { db, now }: Context,
  { since, until }: { since: number; until: number },
): Promise<{ staffId: string | null; kept: number; of: number }[]> {
  const judgedAt = sql`min(coalesce(k.answered_at, k.answer_due_at), k.answer_due_at)`;
  return ask(db, (query) =>
    query
      .select({
        staffId: sql<string | null>`${whoseToAnswer}`,
        kept: sql<number>`sum(coalesce(k.answered_at <= k.answer_due_at, 0))`.mapWith(Number),
        of: sql<number>`count(*)`.mapWith(Number),
      })
      .from(sql`contacts AS k INDEXED BY contacts_answer_due`)
      .where(
        sql`k.answer_due_at >= ${since} AND k.wants_answer = 1 AND k.withdrawn_at IS NULL AND k.at < ${until}
          AND ${judgedAt} >= ${since} AND ${judgedAt} < ${Math.min(until, now() + 1)}`,
      )
      .groupBy(sql`1`),
  );
}
