import { sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { askedScores, askedWords } from '../surveys/asked-parts.ts';
import { personNow } from '../surveys/opinion-rows.ts';

/** So many of the newest texts are looked through on either side. */
export const TEXTS_MAX = 5000;

export interface PraiseMessage {
  /** `feedback 0198…`, `answer 0198…:liked`, `testimonial 0198…`. */
  id: string;
  kind: 'feedback' | 'answer' | 'testimonial';
  customerId: string | null;
  name: string | null;
  /** How the piece of feedback is called; null of others. */
  reference: string | null;
  at: number;
  text: string;
}

/** In SQL, whether whoever answered a questionnaire `f` gave a 9 or 10, or was very satisfied. */
const praises = (scores: string) => sql`EXISTS (SELECT 1 FROM json_each(${scores}) AS q
  JOIN survey_answers AS s ON s.invitation_id = f.invitation_id AND s.question_id = q.value ->> 2
  WHERE q.value ->> 0 = i.survey_id AND q.value ->> 1 = i.version
    AND s.value >= CASE q.value ->> 3 WHEN 'nps' THEN 9 WHEN 'satisfaction' THEN 5 END)`;

const answers = (words: string) => sql`json_each(${words}) AS w
  CROSS JOIN survey_answers AS a ON a.survey_id = w.value ->> 0 AND a.question_id = w.value ->> 2
  CROSS JOIN survey_invitations AS i ON i.id = a.invitation_id AND i.version = w.value ->> 1
  CROSS JOIN survey_finishes AS f ON f.invitation_id = i.id`;

/**
 * What people who praise the business wrote since a moment, the newest first: praise, what was written beside a 9 or 10 or "very
 * satisfied", and words that may be quoted.
 */
export async function listPraise(db: Store, { since }: { since: number }): Promise<PraiseMessage[]> {
  const [scores, words] = await Promise.all([askedScores(db), askedWords(db)]);
  return await ask(db, (query) =>
    query
      .select({
        id: sql<string>`m.kind || ' ' || m.id`,
        kind: sql<PraiseMessage['kind']>`m.kind`,
        customerId: sql<string | null>`m.customer_id`,
        name: sql<string | null>`coalesce(nullif(c.name, ''), c.email)`,
        reference: sql<string | null>`m.reference`,
        at: sql<number>`m.at`.mapWith(Number),
        text: sql<string>`m.text`,
      })
      .from(
        sql`(SELECT 'feedback' AS kind, b.id, ${personNow('b.customer_id')} AS customer_id, b.reference, b.at, b.text FROM feedback AS b
          WHERE b.kind = 'praise' AND b.at >= ${since}
        UNION ALL SELECT 'answer', a.invitation_id || ':' || a.question_id, ${personNow('f.customer_id')}, NULL, a.at, a.text
          FROM ${answers(words)} WHERE a.text IS NOT NULL AND a.at >= ${since} AND ${praises(scores)}
        UNION ALL SELECT 'testimonial', t.id, ${personNow('t.customer_id')}, NULL, t.at, t.text FROM testimonials AS t
          WHERE t.at >= ${since} AND NOT EXISTS (SELECT 1 FROM testimonial_withdrawals WHERE testimonial_id = t.id)) AS m
        LEFT JOIN customers AS c ON c.id = m.customer_id`,
      )
      .orderBy(sql`m.at DESC, m.id DESC`)
      .limit(TEXTS_MAX),
  );
}

/** What was written otherwise since a moment, to compare with: who wrote it and the words. */
export async function listOtherTexts(db: Store, { since }: { since: number }) {
  const [scores, words] = await Promise.all([askedScores(db), askedWords(db)]);
  return await ask(db, (query) =>
    query
      .select({ person: sql<string>`m.person`, text: sql<string>`m.text` })
      .from(
        sql`(SELECT coalesce(${personNow('b.customer_id')}, b.id) AS person, b.at, b.text FROM feedback AS b WHERE b.kind <> 'praise' AND b.at >= ${since}
        UNION ALL SELECT ${personNow('f.customer_id')}, a.at, a.text FROM ${answers(words)}
          WHERE a.text IS NOT NULL AND a.at >= ${since} AND NOT ${praises(scores)}) AS m`,
      )
      .orderBy(sql`m.at DESC`)
      .limit(TEXTS_MAX),
  );
}
