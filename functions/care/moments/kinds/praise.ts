import { type SQL, sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { MomentName } from '../../../ground/settings/moment.ts';
import { isReachable, isRested, isUntold } from '../candidate-sql.ts';
import { LATE_DAYS, STEP } from '../run.ts';

/** Nobody is asked the same favour again before so many days are over, however often they praise. */
const REST_DAYS = 180;

export interface PraisedAsked {
  name: MomentName;
  /** When the praise was given, both ends included. */
  from: number;
  until: number;
  now: number;
  /** Who is left out, as SQL of a customer `c`. */
  unless: SQL;
  /** Customers behind this one. */
  after: string;
}

/** The praise that is due by now, so many days after it was given. */
export const praiseDue = (ctx: Context, { days, since }: { days: number; since: number }) => {
  const until = ctx.now() - days * DAY_MS;
  return { from: Math.max(until - LATE_DAYS * DAY_MS, since), until, now: ctx.now() };
};

/**
 * Who praised the business to itself in their words, or gave it a 9 or 10 to "would you recommend us?", in the order of ids; none who was asked
 * the same within 180 days.
 */
export function listPraised(db: Store, { name, from, until, now, unless, after }: PraisedAsked) {
  const written = sql`SELECT f.customer_id, f.root_id, 'feedback ' || f.id AS cause FROM feedback AS f
    WHERE f.kind = 'praise' AND f.source <> 'mention' AND f.at BETWEEN ${from} AND ${until} AND f.customer_id > ${after}`;
  const scored = sql`SELECT s.customer_id, s.root_id, 'survey ' || s.invitation_id AS cause
    FROM surveys AS v CROSS JOIN survey_finishes AS s ON s.survey_id = v.id AND s.at BETWEEN ${from} AND ${until}
      CROSS JOIN survey_invitations AS i ON i.id = s.invitation_id
      CROSS JOIN survey_versions AS w ON w.survey_id = i.survey_id AND w.version = i.version
      CROSS JOIN json_each(w.definition, '$.questions') AS u
      CROSS JOIN survey_answers AS g ON g.invitation_id = i.id AND g.question_id = u.value ->> 'id'
    WHERE u.value ->> 'kind' = 'nps' AND g.value >= 9 AND s.customer_id > ${after}`;
  const subject = sql`${`${name} `} || q.cause`;
  return ask(db, (query) =>
    query
      .select({
        reader: sql<string>`c.id`,
        customerId: sql<string>`c.id`,
        subject: sql<string>`min(${subject})`,
        rootId: sql<string | null>`q.root_id`,
      })
      .from(sql`(${written} UNION ALL ${scored}) AS q CROSS JOIN customers AS c ON c.id = q.customer_id`)
      .where(
        sql`${isReachable} AND NOT ${unless} AND ${isUntold(subject, sql`c.id`)}
          AND ${isRested(name, { reader: sql`c.id`, since: now - REST_DAYS * DAY_MS })}`,
      )
      .groupBy(sql`c.id`)
      .orderBy(sql`c.id`)
      .limit(STEP),
  );
}
