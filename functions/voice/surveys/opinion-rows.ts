import { type SQL, sql } from 'drizzle-orm';
import { currentRoot, survivingCustomer } from '../../money/accounts/survivors.ts';

/** In SQL, who a column's person is by now: whoever they were merged into. */
export const personNow = (column: string) =>
  sql.raw(`CASE WHEN EXISTS (SELECT 1 FROM customer_merges AS h WHERE h.merged_id = ${column})
    THEN ${survivingCustomer(column)} ELSE ${column} END`);
const rootNow = sql.raw(currentRoot('f.root_id'));

/** What was asked, in SQL, as `asked-parts.ts` tells it; `more` names the columns behind the answer's id. */
const askedIn = (asked: string, more: readonly string[]) =>
  sql`(SELECT value ->> 0 AS survey_id, value ->> 1 AS version, value ->> 2 AS question_id, ${sql.raw(
    more.map((name, at) => `value ->> ${at + 3} AS ${name}`).join(', '),
  )} FROM json_each(${asked}))`;

/**
 * In SQL, the finished answers to what was asked, or those of some root accounts and people alone: with whose they are by now, and
 * whether they were asked about the business at large (by hand, by season) rather than about one order or case.
 */
export function answerRows(asked: string, more: readonly string[], of: Whose | null): SQL {
  const columns = sql.raw(more.map((name) => `q.${name}`).join(', '));
  const from =
    of === null
      ? sql`${askedIn(asked, more)} AS q CROSS JOIN survey_answers AS g ON g.survey_id = q.survey_id AND g.question_id = q.question_id
          CROSS JOIN survey_invitations AS i ON i.id = g.invitation_id AND i.version = q.version
          CROSS JOIN survey_finishes AS f ON f.invitation_id = i.id`
      : sql`(SELECT invitation_id FROM survey_finishes WHERE root_id IN ${of.roots}
          UNION SELECT id FROM survey_invitations WHERE customer_id IN ${of.people}
            AND ${of.isOfAnything === true ? sql`1` : sql`reason IN ('hand', 'season')`}) AS w
          CROSS JOIN survey_finishes AS f ON f.invitation_id = w.invitation_id
          CROSS JOIN survey_invitations AS i ON i.id = f.invitation_id
          CROSS JOIN ${askedIn(asked, more)} AS q ON q.survey_id = i.survey_id AND q.version = i.version
          CROSS JOIN survey_answers AS g ON g.invitation_id = i.id AND g.question_id = q.question_id`;
  return sql`SELECT f.invitation_id, ${personNow('f.customer_id')} AS customer_id, ${rootNow} AS root_id, f.at,
      i.reason IN ('hand', 'season') AS is_general, g.value, g.text, ${columns} FROM ${from}`;
}

/** SQL lists: root accounts with those that went into them, and people with those that went into them. */
export interface Whose {
  roots: SQL;
  people: SQL;
  /** Of these people also what they were asked about an order or a case. */
  isOfAnything?: true;
}

/** In SQL, people of a list with those who were merged into them. */
export const withMergedPeople = (people: SQL) =>
  sql`(WITH RECURSIVE one (id, step) AS (SELECT id, 0 FROM (${people}) UNION ALL
      SELECT m.merged_id, one.step + 1 FROM one CROSS JOIN customer_merges AS m ON m.survivor_id = one.id
      WHERE one.step < 100 AND NOT EXISTS (SELECT 1 FROM customer_merge_undos AS u WHERE u.merge_id = m.id))
    SELECT id FROM one)`;

/**
 * In SQL, one mean for each finished questionnaire and kind, 1 to 7, from rows of {@link answerRows} with a column `kind`.
 */
export const scoreRows = (rows: SQL) =>
  sql`SELECT invitation_id, customer_id, root_id, at, is_general, kind, avg(value) AS score FROM (${rows})
    WHERE value IS NOT NULL GROUP BY invitation_id, kind`;

/**
 * In SQL, rows by the root accounts that they speak of: the one that was asked about, and of what was asked at large each that the
 * person belongs to by now.
 */
export const byAccount = (rows: SQL, columns: readonly string[]) => {
  const told = sql.raw(columns.map((name) => `told.${name}`).join(', '));
  return sql`WITH told AS (${rows}) SELECT told.root_id AS account_id, ${told} FROM told
    UNION SELECT a.root_id, ${told} FROM told CROSS JOIN memberships AS m ON m.customer_id = told.customer_id AND m.until IS NULL
      CROSS JOIN accounts AS a ON a.id = m.account_id WHERE told.is_general`;
};
