import { statement } from '../../../../db/query.ts';
import type { Statement } from '../../../../db/store.ts';
import { addDays, dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import { HOUR_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { findMedianSpend } from '../../facts/find-median-spend.ts';
import { getFactsProgress } from '../../facts/get-facts-progress.ts';
import { findForecastRun } from '../../forecasts/find-forecast-run.ts';
import { type AttentionRun, findNewestRun } from '../queries.ts';

/** So many hours after midnight nobody waits for forecasts any longer: what does not need them is said without. */
const ALONE_HOUR = 6;
const RUNS_KEPT_DAYS = 60;

/** Whether there is something to do: a few reads by key. */
export async function isAttentionDue(ctx: Context): Promise<boolean> {
  const newest = await findNewestRun(ctx.db.fresh);
  return (newest !== null && newest.finishedAt === null) || (await findDueDay(ctx, newest)) !== null;
}

/** The run to go on with, begun where it is due; null where there is nothing to do. */
export async function takeRun(ctx: Context): Promise<AttentionRun | null> {
  const db = ctx.db.fresh;
  const newest = await findNewestRun(db);
  const due = await findDueDay(ctx, newest);
  if (due === null) return newest?.finishedAt === null ? newest : null;
  const { currency } = await getBusiness({ ...ctx, db });
  const medianMinor = currency === null ? null : await findMedianSpend(db, { currency, today: due });
  await ctx.db.write(beginning(ctx, { day: due, medianMinor }));
  return findNewestRun(db);
}

/**
 * The lists follow the forecasts of the day. Where these were made once more since, because the business was too young in the
 * morning, so are the lists.
 */
async function findDueDay(ctx: Context, newest: AttentionRun | null): Promise<string | null> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const { timeZone } = await getBusiness({ ...ctx, db });
  const today = dayOf(now, timeZone);
  const forecasts = await findForecastRun(db);
  const areMade = forecasts?.day === today && forecasts.finishedAt !== null;
  if (newest !== null && newest.day >= today) {
    const isOlder = areMade && (forecasts.finishedAt ?? 0) > newest.begunAt;
    return isOlder && newest.finishedAt !== null ? newest.day : null;
  }
  if (!areMade && now < startOfDay(today, timeZone) + ALONE_HOUR * HOUR_MS) return null;
  return (await getFactsProgress(ctx)).isBegun ? today : null;
}

/** Runs of days before that were not finished are given up: their day is over. */
function beginning(
  ctx: Context,
  { day, medianMinor }: { day: string; medianMinor: bigint | null },
): Statement[] {
  return [
    statement(
      'DELETE FROM attention_runs WHERE day < ? AND (finished_at IS NULL OR day < ?)',
      day,
      addDays(day, -RUNS_KEPT_DAYS),
    ),
    statement(
      `INSERT INTO attention_runs (day, stage, step, reached, median_minor, begun_at) VALUES (?, 'judge', 0, '', ?, ?)
       ON CONFLICT (day) DO UPDATE SET stage = 'judge', step = attention_runs.step + 1, reached = '',
       median_minor = excluded.median_minor, begun_at = excluded.begun_at, finished_at = NULL`,
      ...[day, medianMinor, ctx.now()],
    ),
  ];
}
