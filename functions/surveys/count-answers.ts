import { statement } from '../../db/query.ts';
import type { Store, Value } from '../../db/store.ts';
import type { AnswerCount, Segment } from './results.ts';

export interface Month {
  name: string;
  start: number;
}

export interface Counted {
  surveyId: string;
  segment: Segment;
}

/**
 * So many rows are read at once, which is milliseconds: whoever asks for something else in the meantime is answered in
 * between. A server counts beside us, and is asked less often.
 */
const ROWS_PER_SLICE = { embedded: 4000, remote: 100_000 } as const;

const condition: Record<Segment, string> = {
  everyone: '1',
  new: 'i.is_regular = 0',
  regular: 'i.is_regular = 1',
  club: 'i.is_member = 1',
};

/** How often each answer was given to some questions, by month. */
export async function countAnswers(
  db: Store,
  { surveyId, segment, ids, months }: Counted & { ids: readonly string[]; months: readonly Month[] },
): Promise<AnswerCount[]> {
  const counts = new Map<string, AnswerCount>();
  const of = `FROM survey_answers AS a ${segment === 'everyone' ? '' : 'JOIN survey_invitations AS i ON i.id = a.invitation_id'}
    WHERE a.survey_id = ? AND a.question_id = ? AND a.at >= ? AND a.at < ?`;
  const month = `CASE ${months
    .map(({ start }, index) => ({ start, index }))
    .reverse()
    .map(({ start, index }) => `WHEN a.at >= ${start} THEN ${index}`)
    .join(' ')} ELSE -1 END`;
  const counting = `SELECT a.value, a.text, ${month}, count(*) ${of} AND ${condition[segment]} GROUP BY 1, 2, 3`;
  for (const questionId of ids) {
    const key = [surveyId, questionId];
    for await (const { from, until } of slices(db, {
      of: 'survey_answers WHERE survey_id = ? AND question_id = ?',
      key,
    })) {
      for (const [value, text, index, count] of await db.read(statement(counting, ...key, from, until))) {
        const answer = {
          questionId,
          value: value === null ? null : Number(value),
          text: text === null ? null : String(text),
          month: months[Number(index)]?.name ?? '',
        };
        const name = JSON.stringify(Object.values(answer));
        counts.set(name, { ...answer, count: (counts.get(name)?.count ?? 0) + Number(count) });
      }
    }
  }
  return [...counts.values()];
}

/** How many were invited, and how many of them answered to the end. */
export async function countReach(
  db: Store,
  { surveyId, segment }: Counted,
): Promise<{ invited: number; finished: number }> {
  const reach = { invited: 0, finished: 0 };
  const key = [surveyId];
  for await (const { from, until } of slices(db, { of: 'survey_invitations WHERE survey_id = ?', key })) {
    const [row] = await db.read(
      statement(
        `SELECT count(*), count(f.at) FROM survey_invitations AS i
         LEFT JOIN survey_finishes AS f ON f.invitation_id = i.id
         WHERE i.survey_id = ? AND i.at >= ? AND i.at < ? AND ${condition[segment]}`,
        ...key,
        from,
        until,
      ),
    );
    reach.invited += Number(row?.[0] ?? 0);
    reach.finished += Number(row?.[1] ?? 0);
  }
  return reach;
}

/** Spans of time that hold about as many rows each, one turn of the loop apart. What came at one instant stays together. */
async function* slices(
  db: Store,
  { of, key }: { of: string; key: readonly Value[] },
): AsyncGenerator<{ from: number; until: number }> {
  const findEnd = `SELECT at FROM ${of} AND at >= ? ORDER BY at LIMIT 1 OFFSET ?`;
  const rows = ROWS_PER_SLICE[db.engine];
  for (let from = Number.MIN_SAFE_INTEGER; ; ) {
    const [end] = await db.read(statement(findEnd, ...key, from, rows));
    const until = end === undefined ? Number.MAX_SAFE_INTEGER : Math.max(Number(end[0]), from + 1);
    yield { from, until };
    if (end === undefined) return;
    from = until;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
