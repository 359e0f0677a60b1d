import { sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { askedNeeds } from './asked-parts.ts';
import { answerRows } from './opinion-rows.ts';
import { whoseOf } from './people-of.ts';

/** Which part of what they need the people of a root account buy from the business, and who else serves them, the latest first. */
export async function listNeedAnswers(db: Store, { accountId, limit }: { accountId: string; limit: number }) {
  const asked = await askedNeeds(db);
  return await ask(db, (query) =>
    query
      .select({
        at: sql<number>`n.at`.mapWith(Number),
        percent: sql<number>`n.value`.mapWith(Number),
        others: sql<string | null>`(SELECT g.text FROM survey_answers AS g
          WHERE g.invitation_id = n.invitation_id AND g.question_id = n.others)`,
        by: sql<
          string | null
        >`(SELECT coalesce(nullif(c.name, ''), c.email) FROM customers AS c WHERE c.id = n.customer_id)`,
      })
      .from(sql`(${answerRows(asked, ['others'], whoseOf(accountId))}) AS n`)
      .where(sql`n.value IS NOT NULL`)
      .orderBy(sql`n.at DESC, n.invitation_id DESC`)
      .limit(limit),
  );
}
