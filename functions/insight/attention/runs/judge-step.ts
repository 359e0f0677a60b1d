import { statement } from '../../../../db/query.ts';
import type { Statement } from '../../../../db/store.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { listMoods } from '../../../voice/feedback/list-moods.ts';
import { type AttentionRun, type DuePromise, listDue } from '../queries.ts';
import { hasHappened } from '../rules/happened.ts';
import type { AskedLists } from './load-known.ts';
import type { AttentionStep } from './step.ts';

const PROMISES_PER_UNIT = 300;

/** Holds what was said to what happened since, where its time is over; then the lists are asked anew. */
export async function takeJudgeStep(
  ctx: Context,
  run: AttentionRun,
  asking: AskedLists,
): Promise<AttentionStep> {
  const db = ctx.db.fresh;
  const due = await listDue(db, {
    ...{ today: run.day, limit: PROMISES_PER_UNIT },
    currency: asking.currency ?? '',
  });
  const moods = await listMoods(db, { ids: JSON.stringify([...new Set(due.map(({ rootId }) => rootId))]) });
  const praisedAt = new Map(moods.map((mood) => [mood.rootId, mood.praisedAt]));
  const judged = due.map((promise) => ({
    promise,
    hasHappened: judge(promise, { praisedAt: praisedAt.get(promise.rootId) ?? null, asking }),
  }));
  return {
    ...(due.length < PROMISES_PER_UNIT ? { stage: 'say' } : {}),
    rows: due.length === 0 ? [] : written(judged),
  };
}

function judge(
  promise: DuePromise,
  { praisedAt, asking }: { praisedAt: number | null; asking: AskedLists },
): boolean | null {
  if (!promise.isThere) return null;
  const last = Math.max(promise.praisedAt ?? 0, praisedAt ?? 0);
  const { purchaseDays, spendMinor, markMinor, isBelow } = promise;
  const mark = markMinor === null || isBelow === null ? null : { minor: markMinor, isBelow };
  const hasPraised = last > 0 && dayOf(last, asking.timeZone) > promise.saidOn;
  return hasHappened(promise.list, { purchaseDays, spendMinor, hasPraised }, mark);
}

type Judged = readonly { promise: DuePromise; hasHappened: boolean | null }[];

/** What cannot be told counts as nothing. */
function written(judged: Judged): Statement[] {
  const told = judged.filter(({ hasHappened: happened }) => happened !== null);
  const sums = told.map(({ promise, hasHappened: happened }) => {
    const yes = happened === true ? 1 : 0;
    const counts = promise.sayingId === null ? [0, 0, 1, yes] : [1, yes, 0, 0];
    return [promise.list, promise.saidOn.slice(0, 7), ...counts];
  });
  const ofSayings = told.flatMap(({ promise, hasHappened: happened }) =>
    promise.sayingId === null ? [] : [[promise.sayingId, happened === true ? 1 : 0]],
  );
  return [
    statement(
      'DELETE FROM attention_promises WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(judged.map(({ promise }) => promise.id)),
    ),
    statement(
      `UPDATE attention_sayings SET has_happened = j.value ->> 1 FROM json_each(?) AS j
       WHERE attention_sayings.id = j.value ->> 0`,
      JSON.stringify(ofSayings),
    ),
    statement(
      `INSERT INTO attention_records (list, month, said, happened, drawn, drawn_happened)
       SELECT value ->> 0, value ->> 1, sum(value ->> 2), sum(value ->> 3), sum(value ->> 4), sum(value ->> 5)
       FROM json_each(?) WHERE true GROUP BY 1, 2
       ON CONFLICT (list, month) DO UPDATE SET said = said + excluded.said, happened = happened + excluded.happened,
       drawn = drawn + excluded.drawn, drawn_happened = drawn_happened + excluded.drawn_happened`,
      JSON.stringify(sums),
    ),
  ];
}
