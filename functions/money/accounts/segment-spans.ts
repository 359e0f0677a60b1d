import { type SQL, sql } from 'drizzle-orm';
import { toStatement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { segmentSpansOf } from './root.ts';
import { withMergedInto } from './survivors.ts';

/**
 * SQL of when an account was in segments, as `accounts.segment_spans` keeps it: all of them, or those alone that a condition
 * on `segment_id` lets pass. What an account was in that went into it by a merge is its own as long as the merge stands, as
 * the orders are.
 */
export const spansOf = (accountId: SQL, only: SQL = sql`1`): SQL =>
  sql`(SELECT json_group_array(json_array(s.segment_id, s.since, s.until)) FROM (
    SELECT e.segment_id, e.at AS since, x.at AS until FROM audience_entries AS e
    LEFT JOIN audience_exits AS x ON x.account_id = e.account_id AND x.segment_id = e.segment_id AND x.entered_at = e.at
    WHERE e.account_id IN ${withMergedInto(sql`json_array(${accountId})`)} AND ${only}
    ORDER BY e.at, e.segment_id, e.account_id) AS s)`;

/** SQL of the ids of segments that a rule of any programme there ever was is for: once one is among them, it stays. */
export const segmentsOfRules = sql`(SELECT r.value ->> 'for' FROM programmes AS p, json_each(p.definition, '$.rules') AS r)`;

/** SQL of what an account's row has to say: the times in segments that rules are, or ever were, for; NULL for none. */
export const spansOwed = (accountId: SQL): SQL =>
  sql`nullif(${spansOf(accountId, sql`e.segment_id IN ${segmentsOfRules}`)}, '[]')`;

/**
 * SQL of the same, read from the row of the table `accounts` where the programme in force has reached it, and from the dated rows
 * until then: a rule may be for a segment that none was for before.
 */
export const spansKnown = sql<string | null>`CASE
  WHEN accounts.settled_revision < (SELECT coalesce(max(revision), 0) FROM programmes) THEN ${spansOwed(sql`accounts.id`)}
  ELSE accounts.segment_spans END`;

/** What is written of a row that a programme reaches: also times in segments that no rule was for before. Binds the revision. */
export const reachedBy = `settled_revision = ?, segment_spans = ${toStatement(spansOwed(sql`accounts.id`)).sql}`;

/**
 * What the survivor of a merge has to say from then on, by what both kept before: what the merged account is in ends with
 * the merge. Null while neither ever was in any.
 */
export function spansTogether(kept: string | null, going: string | null, now: number): string | null {
  if (going === null) return kept;
  const read = (text: string | null) =>
    [...segmentSpansOf(text)].flatMap(([id, spans]) => spans.map((span) => ({ id, ...span })));
  const ended = read(going).map(({ until, ...one }) => ({
    ...one,
    until: until ?? Math.max(one.since, now),
  }));
  return JSON.stringify([...read(kept), ...ended].map(({ id, since, until }) => [id, since, until]));
}

/** Ends what an account is in as it goes into another one. */
export function endAudiences(accountId: string, now: number): Statement {
  return toStatement(sql`INSERT INTO audience_exits (account_id, segment_id, entered_at, at)
    SELECT e.account_id, e.segment_id, e.at, max(e.at, ${now}) FROM audience_entries AS e
    WHERE e.account_id = ${accountId} AND NOT EXISTS (SELECT 1 FROM audience_exits AS x
      WHERE x.account_id = e.account_id AND x.segment_id = e.segment_id AND x.entered_at = e.at)`);
}

/** Says anew of some accounts when they were in segments, once a merge of them stands or no longer does. */
export function saveSegmentSpans(accountIds: readonly string[]): Statement {
  return toStatement(sql`UPDATE accounts SET segment_spans = ${spansOwed(sql`accounts.id`)}
    WHERE accounts.id IN (SELECT value FROM json_each(${JSON.stringify(accountIds)}))`);
}
