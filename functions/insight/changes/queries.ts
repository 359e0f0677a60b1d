import { sql } from 'drizzle-orm';
import { ask, query } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { answerRows, withMergedPeople } from '../../voice/surveys/opinion-rows.ts';

/** Changes that were published, and those that came back since, newest first; one of them where its id is named. */
export const listPublished = query((db) =>
  db
    .select({
      id: sql<string>`id`,
      name: sql<string>`name`,
      changeText: sql<string>`change_text`,
      publishedAt: sql<number>`coalesce(published_at, closed_before)`.mapWith(Number),
    })
    .from(sql`causes`)
    .where(
      sql`(published_at IS NOT NULL OR (outcome IS NULL AND EXISTS (SELECT 1 FROM cause_events AS e
          WHERE e.cause_id = causes.id AND e.kind = 'changed' AND e.at = causes.closed_before)))
        AND (${sql.placeholder('id')} IS NULL OR id = ${sql.placeholder('id')})`,
    )
    .orderBy(sql`4 DESC, id`)
    .limit(sql.placeholder('limit')),
);
export type PublishedRow = Awaited<ReturnType<typeof listPublished>>[number];

/** Cases of a cause by when they were told, and orders by when they were placed, within a stretch of time. */
export const countSide = (db: Store, { id, from, until }: { id: string; from: number; until: number }) =>
  ask(db, (build) =>
    build
      .select({
        cases: sql<number>`(SELECT count(*) FROM cases AS k JOIN feedback AS b ON b.id = k.feedback_id
          WHERE k.cause_id = ${id} AND b.at >= ${from} AND b.at < ${until})`.mapWith(Number),
        orders: sql<number>`(WITH RECURSIVE used (currency) AS (SELECT min(currency) FROM orders UNION ALL
            SELECT (SELECT min(currency) FROM orders WHERE currency > used.currency) FROM used WHERE used.currency IS NOT NULL)
          SELECT coalesce(sum((SELECT count(*) FROM orders AS o WHERE o.currency = used.currency
            AND o.placed_at >= ${from} AND o.placed_at < ${until})), 0) FROM used WHERE used.currency IS NOT NULL)`.mapWith(
          Number,
        ),
      })
      .from(sql`(SELECT 1)`),
  );

/** What the people who said it before a moment answered to scales, the newest first. `asked` as `askedScores` tells it. */
export const listConcernedScores = (
  db: Store,
  { id, asked, before, since }: { id: string; asked: string; before: number; since: number },
) =>
  ask(db, (build) =>
    build
      .select({
        customerId: sql<string>`customer_id`,
        at: sql<number>`at`.mapWith(Number),
        kind: sql<string>`kind`,
        value: sql<number>`value`.mapWith(Number),
      })
      .from(
        sql`(${answerRows(asked, ['kind'], {
          roots: sql`(SELECT NULL WHERE 0)`,
          people:
            withMergedPeople(sql`SELECT DISTINCT b.customer_id AS id FROM cases AS k JOIN feedback AS b ON b.id = k.feedback_id
            WHERE k.cause_id = ${id} AND b.at < ${before} AND b.customer_id IS NOT NULL`),
          isOfAnything: true,
        })})`,
      )
      .where(sql`value IS NOT NULL AND at >= ${since}`)
      .orderBy(sql`at DESC, invitation_id DESC`),
  );
