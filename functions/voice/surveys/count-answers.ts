import { statement } from '../../../db/query.ts';
import type { Store, Value } from '../../../db/store.ts';
import type { AnswerCount, Segment } from './results.ts';

export interface Month {
  name: string;
  start: number;
}

export interface CountedAnswers {
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

/** A question, or a statement of one, whose answers are steps of a scale or ids of what was chosen. */
export interface CountedQuestion {
  id: string;
  isScale: boolean;
}

/** How often each answer was given to some questions, by month. */
export async function countAnswers(
  db: Store,
  {
    surveyId,
    segment,
    questions,
    months,
    isOlderCounted = true,
  }: CountedAnswers & {
    questions: readonly CountedQuestion[];
    months: readonly Month[];
    /** Whether all that came before the first month is counted, under no name. */
    isOlderCounted?: boolean;
  },
): Promise<AnswerCount[]> {
  const counts: AnswerCount[] = [];
  const pace = openPace(db);
  const spans = spansOf(months).slice(isOlderCounted ? 0 : 1);
  for (const { id: questionId, isScale } of questions) {
    const counting = { key: [surveyId, questionId], sql: countingSql(segment, isScale) };
    await pace.each(spans, async (span) => {
      for (const said of await tallySpan(db, counting, span, pace.turn))
        if (said.count > 0) counts.push({ questionId, month: span.name, ...said });
    });
  }
  return counts;
}

type Said = Pick<AnswerCount, 'value' | 'text' | 'count'>;

async function tallySpan(
  db: Store,
  { key, sql }: { key: readonly Value[]; sql: string },
  span: Stretch,
  turn: (seen: number) => Promise<void>,
): Promise<Said[]> {
  const tally = new Map<string, Said>();
  const of = 'survey_answers WHERE survey_id = ? AND question_id = ?';
  for await (const { from, until } of slicesOf(db, { of, key, ...span })) {
    let seen = 0;
    for (const [value, text, rows, hits] of await db.read(statement(sql, ...key, from, until))) {
      seen += Number(rows);
      const name = `${value} ${text}`;
      tally.set(name, {
        value: value === null ? null : Number(value),
        text: text === null ? null : String(text),
        count: (tally.get(name)?.count ?? 0) + Number(hits),
      });
    }
    await turn(seen);
  }
  return [...tally.values()];
}

/** Steps of a scale are counted in the index alone; what was chosen stands in the row. */
function countingSql(segment: Segment, isScale: boolean): string {
  const join = segment === 'everyone' ? '' : 'JOIN survey_invitations AS i ON i.id = a.invitation_id';
  return `SELECT a.value, ${isScale ? 'NULL' : 'a.text'}, count(*), sum(${condition[segment]}) FROM survey_answers AS a ${join}
    WHERE a.survey_id = ? AND a.question_id = ? AND a.at >= ? AND a.at < ? GROUP BY 1, 2`;
}

/** How many were invited, and how many of them answered to the end. */
export async function countReach(
  db: Store,
  { surveyId, segment }: CountedAnswers,
): Promise<{ invited: number; finished: number }> {
  const pace = openPace(db);
  if (segment === 'everyone') {
    const invited = await countRows(db, { table: 'survey_invitations', surveyId }, pace);
    const finished = await countRows(db, { table: 'survey_finishes', surveyId }, pace);
    return { invited, finished };
  }
  const reach = { invited: 0, finished: 0 };
  const of = 'survey_invitations WHERE survey_id = ?';
  for await (const { from, until } of slicesOf(db, { of, key: [surveyId], ...everAfter })) {
    const [row] = await db.read(
      statement(
        `SELECT count(*), count(f.at) FROM survey_invitations AS i
         LEFT JOIN survey_finishes AS f ON f.invitation_id = i.id
         WHERE i.survey_id = ? AND i.at >= ? AND i.at < ? AND ${condition[segment]}`,
        surveyId,
        from,
        until,
      ),
    );
    reach.invited += Number(row?.[0] ?? 0);
    reach.finished += Number(row?.[1] ?? 0);
    await pace.turn(ROWS_PER_SLICE[db.engine]);
  }
  return reach;
}

async function countRows(
  db: Store,
  { table, surveyId }: { table: 'survey_invitations' | 'survey_finishes'; surveyId: string },
  pace: Pace,
): Promise<number> {
  const of = `${table} WHERE survey_id = ?`;
  let count = 0;
  for await (const { from, until } of slicesOf(db, { of, key: [surveyId], ...everAfter })) {
    const counting = statement(`SELECT count(*) FROM ${of} AND at >= ? AND at < ?`, surveyId, from, until);
    const [row] = await db.read({ ...counting, isSingle: true });
    count += Number(row?.[0] ?? 0);
    await pace.turn(Number(row?.[0] ?? 0));
  }
  return count;
}

type Pace = ReturnType<typeof openPace>;

interface Stretch {
  from: number;
  until: number;
}

const everAfter: Stretch = { from: Number.MIN_SAFE_INTEGER, until: Number.MAX_SAFE_INTEGER };

/** The months as stretches of time, and all that came before them under no name. */
function spansOf(months: readonly Month[]): (Stretch & { name: string })[] {
  const all = [{ name: '', start: everAfter.from }, ...months];
  return all.map(({ name, start }, index) => ({
    name,
    from: start,
    until: all[index + 1]?.start ?? everAfter.until,
  }));
}

/** Lets others come to their turn after so many rows; a server is asked for all stretches at once instead. */
function openPace({ engine }: Store) {
  let rows = 0;
  return {
    each: async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
      if (engine === 'remote') await Promise.all(items.map(work));
      else for (const item of items) await work(item);
    },
    turn: async (seen: number): Promise<void> => {
      rows += seen;
      if (engine === 'remote' || rows < ROWS_PER_SLICE.embedded) return;
      rows = 0;
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
  };
}

/** Parts of a stretch of time that hold about as many rows each. What came at one instant stays together. */
async function* slicesOf(
  db: Store,
  { of, key, from, until }: { of: string; key: readonly Value[] } & Stretch,
): AsyncGenerator<Stretch> {
  const findEnd = `SELECT at FROM ${of} AND at >= ? AND at < ? ORDER BY at LIMIT 1 OFFSET ?`;
  const rows = ROWS_PER_SLICE[db.engine];
  for (let start = from; ; ) {
    const [end] = await db.read(statement(findEnd, ...key, start, until, rows));
    const stop = end === undefined ? until : Math.max(Number(end[0]), start + 1);
    yield { from: start, until: stop };
    if (end === undefined) return;
    start = stop;
  }
}
