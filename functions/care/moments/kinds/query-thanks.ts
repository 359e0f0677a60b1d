import { sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { isReachable, isRested, isUntold } from '../candidate-sql.ts';
import { queryThanks, queryThanksDays } from '../moments.ts';
import { LATE_DAYS, type MomentWork, STEP } from '../run.ts';
import { tellFree } from '../tell-free.ts';

/** Nobody is thanked again before so many days are over, however often they ask. */
const REST_DAYS = 30;

/** Thanks who asked something, in writing or in person, some days after they were answered; once for each question. */
export const queryThanksWork: MomentWork = {
  moment: queryThanks,
  work: (ctx, { business, since, place }) => {
    const until = ctx.now() - policyOf(business, queryThanksDays) * DAY_MS;
    const from = Math.max(until - LATE_DAYS * DAY_MS, since);
    return tellFree(ctx, {
      topic: 'feedback',
      place,
      list: (after) => listAnswered(ctx.db.fresh, { from, until, now: ctx.now(), after }),
      letterTo: ({ customerId, rootId }) => ({
        template: 'query_thanks',
        params: rootId === null ? {} : { rootId },
        customerId,
      }),
    });
  },
};

export interface AnsweredAsked {
  /** When the answer was given, both ends included. */
  from: number;
  until: number;
  now: number;
  /** Customers behind this one. */
  after: string;
}

/** A question may wait so long for its answer and still be thanked for. */
const ASKED_DAYS = 30;

/**
 * Whose question was answered, by the newest such question, in the order of ids; none who was thanked within 30 days. Complaints and
 * problems are no questions, nor is what was said elsewhere, where it is answered, and neither is a call that nobody took or that left somebody out of humour. What settled a case later,
 * or was noted of it, is no answer.
 */
export function listAnswered(db: Store, { from, until, now, after }: AnsweredAsked) {
  const written = sql`SELECT f.customer_id, f.root_id, 'query_thanks feedback ' || f.id AS subject, e.at AS at
    FROM cases AS k INDEXED BY cases_state CROSS JOIN feedback AS f ON f.id = k.feedback_id
      CROSS JOIN case_events AS e ON e.feedback_id = k.feedback_id AND e.seq = (SELECT max(n.seq) FROM case_events AS n
        WHERE n.feedback_id = k.feedback_id AND n.kind = 'answered')
    WHERE k.state IN ('answered', 'resolved', 'closed') AND k.changed_at >= ${from} AND e.at BETWEEN ${from} AND ${until}
      AND f.kind IN ('question', 'idea', 'praise') AND f.source <> 'mention' AND f.wants_reply = 1 AND f.customer_id > ${after}`;
  const spoken = sql`SELECT k.customer_id, k.root_id, 'query_thanks contact ' || k.id AS subject, k.answered_at AS at
    FROM contacts AS k INDEXED BY contacts_at
    WHERE k.at BETWEEN ${from - ASKED_DAYS * DAY_MS} AND ${until} AND k.answered_at BETWEEN ${from} AND ${until}
      AND k.direction = 'in' AND k.wants_answer = 1 AND k.is_missed = 0 AND k.mood IS NOT 'bad'
      AND k.withdrawn_at IS NULL AND k.customer_id > ${after}`;
  return ask(db, (query) =>
    query
      .select({
        reader: sql<string>`c.id`,
        customerId: sql<string>`c.id`,
        subject: sql<string>`q.subject`,
        rootId: sql<string | null>`q.root_id`,
        at: sql<number>`max(q.at)`.mapWith(Number),
      })
      .from(sql`(${written} UNION ALL ${spoken}) AS q CROSS JOIN customers AS c ON c.id = q.customer_id`)
      .where(
        sql`${isReachable} AND ${isUntold(sql`q.subject`, sql`c.id`)}
          AND ${isRested('query_thanks', { reader: sql`c.id`, since: now - REST_DAYS * DAY_MS })}`,
      )
      .groupBy(sql`c.id`)
      .orderBy(sql`c.id`)
      .limit(STEP),
  );
}
