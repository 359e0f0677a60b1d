import { asc, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { cases, customers, feedback, orders } from '../../../db/schema/index.ts';

/** At once; whoever is left is found again by the next run. */
const STEP = 200;

/** Not asked about this yet, by this survey or by any, nor about anything since `rested`. */
export const isToBeAsked = (customerId: unknown, occasion: unknown, isBy: 'it' | 'any' = 'it') =>
  sql`NOT EXISTS (SELECT 1 FROM survey_invitations i WHERE i.customer_id = ${customerId}
    AND (i.at > ${sql.placeholder('rested')}
      OR (${isBy === 'any' ? sql`1` : sql`i.survey_id = ${sql.placeholder('surveyId')}`} AND i.occasion = ${occasion})))`;

/** Orders of people who signed up, delivered behind `since` and not behind `until`. */
export const listDueDeliveries = query((db) =>
  db
    .select({
      customerId: orders.customerId,
      rootId: orders.rootId,
      occasion: sql<string>`'order ' || ${orders.id}`,
    })
    .from(orders)
    .innerJoin(customers, sql`${customers.id} = ${orders.customerId} AND ${customers.claimedAt} IS NOT NULL`)
    .where(
      sql`${orders.deliveredAt} > ${sql.placeholder('since')} AND ${orders.deliveredAt} <= ${sql.placeholder('until')}
        AND ${orders.isCancelled} = 0 AND ${isToBeAsked(orders.customerId, sql`'order ' || ${orders.id}`)}`,
    )
    .orderBy(asc(orders.deliveredAt), asc(orders.id))
    .limit(STEP),
);

/** Cases that came to an end between two moments; not those that a survey opened. */
export const listDueCases = query((db) =>
  db
    .select({
      customerId: sql<string>`${feedback.customerId}`,
      rootId: sql<string>`${feedback.rootId}`,
      occasion: sql<string>`'case ' || ${cases.feedbackId}`,
    })
    .from(cases)
    .innerJoin(
      feedback,
      sql`${feedback.id} = ${cases.feedbackId} AND ${feedback.kind} <> 'survey' AND ${feedback.rootId} IS NOT NULL`,
    )
    .innerJoin(
      customers,
      sql`${customers.id} = ${feedback.customerId} AND ${customers.claimedAt} IS NOT NULL`,
    )
    .where(
      sql`${cases.state} IN ('resolved', 'closed') AND ${cases.changedAt} > ${sql.placeholder('since')}
        AND ${cases.changedAt} <= ${sql.placeholder('until')}
        AND ${isToBeAsked(feedback.customerId, sql`'case ' || ${cases.feedbackId}`)}`,
    )
    .orderBy(asc(cases.changedAt), asc(cases.feedbackId))
    .limit(STEP),
);
