import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { feedChanges, feedPositions, history } from '../../../db/schema/index.ts';

export const findPosition = queryOne((db) =>
  db
    .select({ position: feedPositions.position, terms: feedPositions.terms })
    .from(feedPositions)
    .where(eq(feedPositions.name, sql.placeholder('name'))),
);

const listNext = (detail: typeof history.detail | ReturnType<typeof sql<string | null>>) =>
  query((db) =>
    db
      .select({
        position: feedChanges.position,
        accountId: feedChanges.accountId,
        seq: feedChanges.seq,
        kind: history.kind,
        at: history.at,
        detail,
      })
      .from(feedChanges)
      .innerJoin(history, and(eq(history.accountId, feedChanges.accountId), eq(history.seq, feedChanges.seq)))
      .where(
        gt(
          feedChanges.position,
          sql`coalesce((SELECT position FROM feed_positions WHERE name = ${sql.placeholder('name')}), 0)`,
        ),
      )
      .orderBy(asc(feedChanges.position))
      .limit(sql.placeholder('limit')),
  );

/** What comes next for a follower, in the order of commits. */
export const listNextChanges = listNext(sql<string | null>`NULL`);
export const listNextChangesWithDetail = listNext(history.detail);

/** How far everybody has read, and what comes next for each. */
export const listPositions = query((db) =>
  db
    .select({
      name: feedPositions.name,
      position: feedPositions.position,
      newest: sql<number>`coalesce((SELECT max(position) FROM feed_changes), 0)`.mapWith(Number),
      nextAt: sql<number | null>`(SELECT h.at FROM feed_changes AS c
        JOIN history AS h ON h.account_id = c.account_id AND h.seq = c.seq
        WHERE c.position = feed_positions.position + 1)`.mapWith(Number),
    })
    .from(feedPositions)
    .orderBy(asc(feedPositions.name)),
);
