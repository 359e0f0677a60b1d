import { type SQL, sql } from 'drizzle-orm';
import type { SegmentAsked, SegmentField } from '../../ground/segments/segment-field.ts';
import { askedOpinions, askedTopics, type OpinionKind } from '../../voice/surveys/asked-parts.ts';
import {
  answerRows,
  byAccount,
  scoreRows,
  type Whose,
  withMergedPeople,
} from '../../voice/surveys/opinion-rows.ts';
import { topicRows } from './queries.ts';

/**
 * What segments ask about what the people of an account think, each once by the newest answer, as `get-opinions.ts` tells it: the
 * means of trust and commitment, and of the topic with the widest gap how much more it matters than it is done well. To two
 * decimals, as they are shown. What somebody answers at large for one account counts for their others from the next day on.
 */
export const opinionFields: readonly SegmentField[] = [
  thought('opinions.trust', 'trust'),
  thought('opinions.commitment', 'commitment'),
  {
    ...{ name: 'opinions.gap', kind: 'number' },
    source: async (asked) => ({ rows: gapRows(asked, await askedTopics(asked.ctx.db)) }),
  },
];

function thought(name: string, kind: OpinionKind): SegmentField {
  return {
    ...{ name, kind: 'number' },
    source: async (asked) => {
      const scores = scoreRows(answerRows(await askedOpinions(asked.ctx.db), ['kind'], whoseAmong(asked)));
      const told = sql`SELECT * FROM (${scores}) WHERE kind = ${kind}`;
      return {
        rows: sql`SELECT account_id AS root_id, round(avg(score), 2) AS value FROM (
          SELECT account_id, score, ${newestOf('account_id, customer_id')}
          FROM (${byAccount(told, ['customer_id', 'invitation_id', 'at', 'score'])}))
          WHERE place = 1 AND ${asked.among(sql`account_id`)} GROUP BY account_id`,
      };
    },
  };
}

function gapRows(asked: SegmentAsked, topics: string): SQL {
  const pairs = topicRows(answerRows(topics, ['topic', 'side'], whoseAmong(asked)));
  const columns = ['customer_id', 'invitation_id', 'at', 'topic', 'want', 'got'];
  return sql`SELECT root_id, round(max(gap), 2) AS value FROM (
    SELECT account_id AS root_id, topic, avg(want - got) AS gap FROM (
      SELECT account_id, topic, want, got, ${newestOf('account_id, customer_id, topic')}
      FROM (${byAccount(pairs, columns)}))
    WHERE place = 1 AND want IS NOT NULL AND got IS NOT NULL AND ${asked.among(sql`account_id`)}
    GROUP BY account_id, topic) GROUP BY root_id`;
}

const newestOf = (whose: string) =>
  sql`row_number() OVER (PARTITION BY ${sql.raw(whose)} ORDER BY at DESC, invitation_id DESC) AS place`;

/** Answers that may be about those who are asked about, or by people of theirs. */
const whoseAmong = ({ among, amongMerged }: SegmentAsked): Whose => ({
  roots: sql`(SELECT r.id FROM accounts AS r WHERE r.id = r.root_id AND ${amongMerged(sql`r.id`)})`,
  people: withMergedPeople(sql`SELECT m.customer_id AS id FROM accounts AS b JOIN memberships AS m
    ON m.account_id = b.id AND m.until IS NULL WHERE ${among(sql`b.root_id`)}`),
});
