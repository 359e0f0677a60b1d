import { type SQL, sql } from 'drizzle-orm';
import { query, queryOne, toStatement } from '../../../db/query.ts';
import { ruleVersions } from '../../../db/schema/index.ts';
import type { Statement, Store } from '../../../db/store.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { STALE } from '../accounts/plan-change.ts';
import { segmentsOfRules, spansOwed } from '../accounts/segment-spans.ts';
import { withSurvivors } from '../accounts/survivors.ts';
import type { AskedAudience } from './audiences.ts';

/** Who is to be looked at, and whom the segment holds of these. */
export interface AudienceMove {
  segmentId: string;
  /** Root accounts. */
  ids: readonly string[];
  /** SQL of the ids of those of them that are in it by now. */
  fitting: SQL;
}

/** SQL: the row of `audience_entries` under the name `e` has no end yet. */
export const isOpenEntry = sql`NOT EXISTS (SELECT 1 FROM audience_exits AS x WHERE x.account_id = e.account_id
  AND x.segment_id = e.segment_id AND x.entered_at = e.at)`;

const isOfRules = (segmentId: string) => sql`${segmentId} IN ${segmentsOfRules}`;

/** SQL of the ids of root accounts that are in a segment, as it was last asked. */
export const membersNow = (segmentId: string): SQL =>
  sql`SELECT e.account_id FROM audience_entries AS e WHERE e.segment_id = ${segmentId} AND ${isOpenEntry}`;

/**
 * Brings the dated rows of some accounts up to what a segment says: the statements of one unit, which look again, so that it
 * does not matter when they were planned. A line that the row does not count yet is one of this unit. Where a rule is for the segment, each account that comes or goes gets a line in
 * its history, which is its lock: an order decided on what was before is decided anew, and orders placed later than now
 * are counted again.
 */
export function moveAudience(
  ctx: Pick<Context, 'actor' | 'now'>,
  { segmentId, ids, fitting }: AudienceMove,
): Statement[] {
  const now = ctx.now();
  const listed = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const isIn = (
    account: SQL,
  ) => sql`EXISTS (SELECT 1 FROM audience_entries AS e WHERE e.account_id = ${account}
    AND e.segment_id = ${segmentId} AND ${isOpenEntry})`;
  const moved = sql`SELECT id, seq, fits FROM (SELECT accounts.id, history_seq + 1 AS seq,
      accounts.id IN (${fitting}) AS fits, ${isIn(sql`accounts.id`)} AS is_in
    FROM accounts WHERE ${isOfRules(segmentId)} AND accounts.id IN ${listed} LIMIT -1) WHERE fits <> is_in`;
  return [
    sql`INSERT INTO history (account_id, seq, at, kind, actor, detail, programme_revision)
      SELECT id, seq, ${now}, CASE WHEN fits THEN 'segment_entered' ELSE 'segment_left' END,
        ${actorName(ctx.actor)}, json_object('segment', ${segmentId}), (SELECT coalesce(max(revision), 0) FROM programmes)
      FROM (${moved})`,
    sql`UPDATE accounts SET history_seq = history_seq + 1, settled_revision = CASE WHEN EXISTS (
        SELECT 1 FROM orders WHERE root_id = accounts.id AND placed_at >= ${now}) THEN ${STALE} ELSE settled_revision END
      WHERE accounts.id IN ${listed}
        AND EXISTS (SELECT 1 FROM history WHERE account_id = accounts.id AND seq = accounts.history_seq + 1)`,
    sql`INSERT INTO audience_exits (account_id, segment_id, entered_at, at)
      SELECT e.account_id, e.segment_id, e.at, max(e.at, ${now}) FROM audience_entries AS e
      WHERE e.segment_id = ${segmentId} AND e.account_id IN ${listed} AND ${isOpenEntry}
        AND e.account_id NOT IN (${fitting})`,
    sql`INSERT INTO audience_entries (account_id, segment_id, at)
      SELECT accounts.id, ${segmentId}, max(${now}, coalesce((SELECT max(o.at) + 1 FROM audience_entries AS o
        WHERE o.account_id = accounts.id AND o.segment_id = ${segmentId}), 0), coalesce((SELECT max(o.at)
        FROM audience_exits AS o WHERE o.account_id = accounts.id AND o.segment_id = ${segmentId}), 0))
      FROM accounts WHERE accounts.id IN ${listed} AND accounts.id IN (${fitting}) AND NOT ${isIn(sql`accounts.id`)}`,
    sql`UPDATE accounts SET segment_spans = ${spansOwed(sql`accounts.id`)}
      WHERE accounts.id IN ${withSurvivors(sql`SELECT value AS id FROM json_each(${JSON.stringify(ids)})`)}
        AND ${isOfRules(segmentId)}`,
  ].map(toStatement);
}

const findRuleFor = queryOne((db) =>
  db
    .select({ ruleId: ruleVersions.ruleId })
    .from(ruleVersions)
    .where(sql`definition ->> 'for' = ${sql.placeholder('segmentId')}`)
    .limit(1),
);

/** Whether any version of a rule, ended ones among them, is for a segment: a return is computed with the one that earned. */
export async function isAudienceOfRules(db: Store, segmentId: string): Promise<boolean> {
  return (await findRuleFor(db, { segmentId })) !== null;
}

/** SQL: an account is in a segment now, as it was last asked; both are expressions. */
export const isInAudienceNow = (accountId: SQL, segmentId: SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM audience_entries AS e WHERE e.account_id = ${accountId} AND e.segment_id = ${segmentId}
    AND ${isOpenEntry})`;

const listCurrent = query((db) =>
  db
    .select({ segmentId: sql<string>`e.segment_id`, since: sql<number>`e.at`.mapWith(Number) })
    .from(sql`audience_entries AS e`)
    .where(sql`e.account_id = ${sql.placeholder('accountId')} AND ${isOpenEntry}`)
    .orderBy(sql`e.segment_id`),
);

/** The segments that a root account is in now, as they were last asked, and since when. */
export function listAudiencesOf(db: Store, accountId: string) {
  return listCurrent(db, { accountId });
}

/** @throws {AppError} `validation_failed` at `path` where there is no such segment; nothing of null */
export async function assertAudience(
  ctx: Pick<Context, 'db' | 'house'>,
  segmentId: string | null,
  path = 'segmentId',
): Promise<void> {
  if (segmentId === null) return;
  if (!(await listAudiences(ctx)).some(({ id }) => id === segmentId))
    throw wrongField(path, 'unknown_segment', 'names no segment there is');
}

/** All that there are. */
export async function listAudiences(ctx: Pick<Context, 'db' | 'house'>): Promise<AskedAudience[]> {
  const lists = await Promise.all(ctx.house.audiences.map((list) => list(ctx)));
  return lists.flat();
}
