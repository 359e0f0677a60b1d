import { statement } from '../../../../db/query.ts';
import type { Statement } from '../../../../db/store.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { addDays, dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import { HOUR_MS } from '../../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { getFactsState } from '../../facts/get-facts-state.ts';
import { countBuyers } from '../../facts/list-buyers.ts';
import { type ForecastRun, findNewestRun, listFitsOf } from './queries.ts';

/** When the day's forecasts are begun, in hours after midnight in business time; the very first wait for no hour. */
const DAY_HOUR = 2;
/** So many changes may not be counted yet: more, and what is known is about to be something else. */
const BEHIND_MOST = 1000;
/** Where nothing could be told, it is tried again when there are more accounts, this often. */
const AGAIN_MS = 10 * 60_000;
/** A process that says nothing for so long is taken for ended. */
const LEASE_MS = 2 * 60_000;
const RUNS_KEPT_DAYS = 60;

/** Whether there is something to do for whoever asks: a few reads by key. */
export async function isForecastDue(ctx: Context): Promise<boolean> {
  const newest = await findNewestRun(ctx.db.fresh);
  return (newest !== null && isFree(newest, ctx.now())) || (await findDueDay(ctx, newest)) !== null;
}

/** The run of today, begun where it is due, for whoever calls itself `me` alone; null where there is nothing to do. */
export async function takeRun(ctx: Context, me: string): Promise<ForecastRun | null> {
  const newest = await findNewestRun(ctx.db.fresh);
  const due = await findDueDay(ctx, newest);
  if (due === null && (newest === null || !isFree(newest, ctx.now()))) return null;
  const day = due ?? newest?.day ?? '';
  await ctx.db.write([...(due === null ? [] : beginning(ctx, due)), leasing(ctx, day, me)]);
  const run = await findNewestRun(ctx.db.fresh);
  return run?.leasedBy === me ? run : null;
}

/**
 * Has all forecasts of today made anew, from the first fit on, whatever is under way.
 * @throws {AppError} `forbidden`
 */
export async function requestForecasts(ctx: Context): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const { timeZone } = await getBusiness({ ...ctx, db: ctx.db.fresh });
  await ctx.db.write(beginning(ctx, dayOf(ctx.now(), timeZone)));
}

/** What a process still does with its run, and that it may go on. */
export const leaseEnd = (now: number): number => now + LEASE_MS;

/** Lets go of a run that is not over. */
export const releasing = ({ day }: ForecastRun, me: string): Statement =>
  statement('UPDATE forecast_runs SET leased_until = NULL WHERE day = ? AND leased_by = ?', day, me);

const isFree = ({ finishedAt, leasedUntil }: ForecastRun, now: number) =>
  finishedAt === null && (leasedUntil === null || leasedUntil <= now);

async function findDueDay(ctx: Context, newest: ForecastRun | null): Promise<string | null> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const { timeZone } = await getBusiness({ ...ctx, db });
  const today = dayOf(now, timeZone);
  if (newest !== null && newest.day >= today) return (await isWorthAgain(ctx, newest)) ? newest.day : null;
  if (newest !== null && now < startOfDay(today, timeZone) + DAY_HOUR * HOUR_MS) return null;
  return (await areFactsCounted(ctx)) ? today : null;
}

/** A business that was too young this morning may have brought in its past since. */
async function isWorthAgain(ctx: Context, { day, finishedAt }: ForecastRun): Promise<boolean> {
  if (finishedAt === null || ctx.now() - finishedAt < AGAIN_MS) return false;
  const [fit] = await listFitsOf(ctx.db.fresh, { day });
  if (fit?.cannotTell == null) return false;
  const buyers = await countBuyers(ctx.db.fresh, { until: day });
  return buyers?.accounts !== fit.accounts && (await areFactsCounted(ctx));
}

async function areFactsCounted(ctx: Context): Promise<boolean> {
  const { behind } = await getFactsState({ ...ctx, actor: { kind: 'system', name: 'forecasts' } });
  return behind !== null && behind <= BEHIND_MOST;
}

/**
 * Runs of days before that were not finished are given up: their day is over. What was promised of some accounts alone, or by
 * fits that are made anew, is promised anew.
 */
function beginning(ctx: Context, day: string): Statement[] {
  return [
    statement(
      `DELETE FROM forecast_promises WHERE asked_on = ?1 OR asked_on IN
         (SELECT day FROM forecast_runs WHERE day < ?1 AND stage = 'promise' AND finished_at IS NULL)`,
      day,
    ),
    statement(
      'DELETE FROM forecast_runs WHERE day < ? AND (finished_at IS NULL OR day < ?)',
      day,
      addDays(day, -RUNS_KEPT_DAYS),
    ),
    statement(
      `INSERT INTO forecast_runs (day, stage, step, reached, state, accounts, begun_at, actor)
       VALUES (?, 'fit', 0, '', '', 0, ?, ?) ON CONFLICT (day) DO UPDATE SET stage = 'fit', step = forecast_runs.step + 1,
       reached = '', state = '', accounts = 0, begun_at = excluded.begun_at, actor = excluded.actor,
       leased_until = NULL, leased_by = NULL, finished_at = NULL`,
      ...[day, ctx.now(), actorName(ctx.actor)],
    ),
  ];
}

function leasing(ctx: Context, day: string, me: string): Statement {
  return statement(
    `UPDATE forecast_runs SET leased_until = ?, leased_by = ?
     WHERE day = ? AND finished_at IS NULL AND (leased_until IS NULL OR leased_until <= ?)`,
    ...[leaseEnd(ctx.now()), me, day, ctx.now()],
  );
}
