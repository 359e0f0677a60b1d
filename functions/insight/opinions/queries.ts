import { type SQL, sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import type { OpinionKind } from '../../voice/surveys/asked-parts.ts';
import { answerRows, scoreRows, withMergedPeople } from '../../voice/surveys/opinion-rows.ts';
import { peopleOf, whoseOf } from '../../voice/surveys/people-of.ts';
import type { TopicSums } from './gap.ts';
import type { Sums } from './opinion.ts';

/** What each person answered about trust and commitment, the newest first. */
export const listScores = (db: Store, { accountId, asked }: { accountId: string; asked: string }) =>
  ask(db, (query) =>
    query
      .select({
        customerId: sql<string>`customer_id`,
        at: sql<number>`at`.mapWith(Number),
        kind: sql<OpinionKind>`kind`,
        score: sql<number>`score`.mapWith(Number),
      })
      .from(sql`(${scoreRows(answerRows(asked, ['kind'], whoseOf(accountId)))})`)
      .orderBy(sql`at DESC, invitation_id DESC`),
  );
export type ScoreRow = Awaited<ReturnType<typeof listScores>>[number];

/** What each person of an account answered about topics, the newest first. */
export const listTopicAnswers = (db: Store, { accountId, asked }: { accountId: string; asked: string }) =>
  ask(db, (query) =>
    query
      .select(pairColumns)
      .from(sql`(${newestPairs(answerRows(asked, ['topic', 'side'], whoseOf(accountId)))})`)
      .orderBy(sql`customer_id`),
  );
export type PairRow = Awaited<ReturnType<typeof listTopicAnswers>>[number];

const pairColumns = {
  customerId: sql<string>`customer_id`,
  topicId: sql<string>`topic`,
  want: sql<number | null>`want`.mapWith(Number),
  get: sql<number | null>`got`.mapWith(Number),
  at: sql<number>`at`.mapWith(Number),
};

/** In SQL, of each person and topic what was told last, and the account that it was asked about. */
const newestPairs = (rows: SQL) => sql`SELECT * FROM (
  SELECT customer_id, topic, root_id, at, want, got,
    row_number() OVER (PARTITION BY customer_id, topic ORDER BY at DESC, invitation_id DESC) AS place
    FROM (${topicRows(rows)})) WHERE place = 1`;

/** In SQL, what each finished questionnaire told of each topic, from rows of `answerRows` with its topic and side. */
export const topicRows = (rows: SQL) =>
  sql`SELECT invitation_id, customer_id, root_id, is_general, topic, at, max(CASE side WHEN 'want' THEN value END) AS want,
      max(CASE side WHEN 'get' THEN value END) AS got FROM (${rows}) GROUP BY invitation_id, topic`;

/** In SQL, whether a person's row is of an account that a list of root accounts has. */
const isAmong = (roots: SQL | null) =>
  roots === null
    ? sql`1`
    : sql`(p.root_id IN (${roots}) OR EXISTS (SELECT 1 FROM memberships AS m JOIN accounts AS a ON a.id = m.account_id
        WHERE m.customer_id = p.customer_id AND m.until IS NULL AND a.root_id IN (${roots})))`;

const sumsOf = (value: SQL) => [
  sql`count(${value})`,
  sql`coalesce(sum(${value}), 0)`,
  sql`coalesce(sum(${value} * ${value}), 0)`,
];

/** Topics over people, each by what they told last; of some root accounts where `roots` lists them. */
export async function sumTopics(
  db: Store,
  { asked, roots }: { asked: string; roots: SQL | null },
): Promise<TopicSums[]> {
  const [want, get, gap] = [sql`p.want`, sql`p.got`, sql`(p.want - p.got)`].map(sumsOf);
  const columns = [...(want ?? []), ...(get ?? []), ...(gap ?? [])];
  const rows = await ask(db, (query) =>
    query
      .select({ topicId: sql<string>`p.topic`, sums: sql<string>`json_array(${sql.join(columns, sql`, `)})` })
      .from(sql`(${newestPairs(answerRows(asked, ['topic', 'side'], null))}) AS p`)
      .where(isAmong(roots))
      .groupBy(sql`p.topic`),
  );
  return rows.map(({ topicId, sums }) => {
    const figures: number[] = JSON.parse(sums).map(Number);
    const at = (from: number): Sums => ({
      n: figures[from] ?? 0,
      sum: figures[from + 1] ?? 0,
      squares: figures[from + 2] ?? 0,
    });
    return { topicId, want: at(0), get: at(3), gap: at(6) };
  });
}

/** The people behind a topic, the widest gap first; those who told one side alone last. */
export const listBehindTopic = (
  db: Store,
  {
    asked,
    roots,
    topicId,
    limit,
    offset,
  }: { asked: string; roots: SQL | null; topicId: string; limit: number; offset: number },
) =>
  ask(db, (query) =>
    query
      .select({
        ...pairColumns,
        name: sql<string>`coalesce(nullif(c.name, ''), c.email, '')`,
      })
      .from(
        sql`(${newestPairs(answerRows(asked, ['topic', 'side'], null))}) AS p LEFT JOIN customers AS c ON c.id = p.customer_id`,
      )
      .where(sql`p.topic = ${topicId} AND ${isAmong(roots)}`)
      .orderBy(sql`p.want - p.got IS NULL, p.want - p.got DESC, p.want DESC, p.customer_id`)
      .limit(limit)
      .offset(offset),
  );
export type BehindTopic = Awaited<ReturnType<typeof listBehindTopic>>[number];

/**
 * Who has, or had, to do with an account: its people now and whoever answered about it, with when they ordered for it and were asked;
 * the first five hundred, each with how many belong to it and were asked altogether.
 */
export const listContacts = (
  db: Store,
  { accountId, answered, asked }: { accountId: string; answered: readonly string[]; asked: string },
) =>
  ask(db, (query) =>
    query
      .select({
        customerId: sql<string>`c.id`,
        name: sql<string>`coalesce(nullif(c.name, ''), c.email, '')`,
        isHere: sql<boolean>`c.id IN (${peopleOf(accountId)})`.mapWith((value) => Number(value) === 1),
        lastOrderAt: sql<
          number | null
        >`(SELECT max(o.placed_at) FROM orders AS o WHERE o.root_id = ${accountId} AND o.customer_id = c.id)`.mapWith(
          Number,
        ),
        askedAt: sql<number | null>`${askedAt(asked)}`.mapWith(Number),
        people: sql<number>`sum(c.id IN (${peopleOf(accountId)})) OVER ()`.mapWith(Number),
        asked: sql<number>`count(${askedAt(asked)}) OVER ()`.mapWith(Number),
      })
      .from(sql`customers AS c`)
      .where(
        sql`c.withdrawn_at IS NULL AND (c.id IN (${peopleOf(accountId)})
          OR c.id IN (SELECT value FROM json_each(${JSON.stringify(answered)})))`,
      )
      .orderBy(sql`3 DESC, 2, c.id`)
      .limit(500),
  );

const askedAt = (asked: string) =>
  sql`(SELECT max(i.at) FROM survey_invitations AS i WHERE i.customer_id IN ${withMergedPeople(sql`SELECT c.id AS id`)}
    AND EXISTS (SELECT 1 FROM json_each(${asked}) AS q WHERE q.value ->> 0 = i.survey_id AND q.value ->> 1 = i.version))`;

/** What an account spent since a day, by month. */
export const listMonthSpend = (
  db: Store,
  { accountId, since, currency }: { accountId: string; since: string; currency: string },
) =>
  ask(db, (query) =>
    query
      .select({
        month: sql<string>`substr(d.day, 1, 7)`,
        minor: sql<bigint>`sum(d.spend_minor)`.mapWith(BigInt),
      })
      .from(sql`account_days AS d`)
      .where(sql`d.root_id = ${accountId} AND d.day >= ${since} AND d.currency = ${currency}`)
      .groupBy(sql`1`),
  );
