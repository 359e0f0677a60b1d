import { statement } from '../../../../db/query.ts';
import { isConflictOn, type Statement } from '../../../../db/store.ts';
import { takeSteps } from '../../../ground/feed/take-steps.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { leaseEnd, releasing, takeRun } from './begin-run.ts';
import { takeFitStep } from './fit-step.ts';
import { takePromiseStep } from './promise-step.ts';
import type { ForecastRun } from './queries.ts';
import { takeRecordStep } from './record-step.ts';
import { takeScoreStep } from './score-step.ts';
import type { StepDone } from './step.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** How long one turn takes: on Workers the other jobs of its minute wait for it. */
const TURN_MS = { counted: 15_000, free: 5 * 60_000 };
const STEPS_MAX = 100_000;

/**
 * Takes a turn at the forecasts of today: fits what is known, scores all accounts, keeps what was promised, looks at what
 * became of older promises. Each step is one unit with how far the run has come, so it goes on wherever it was left.
 */
export async function workOnForecasts(ctx: Context): Promise<void> {
  const me = newId();
  const end = ctx.now() + (ctx.steps === undefined ? TURN_MS.free : TURN_MS.counted);
  const mayStep = takeSteps(ctx, STEPS_MAX);
  let run = await takeRun(ctx, me);
  if (run === null) return;
  const bench = await openWorkbench(ctx);
  while (run.finishedAt === null && ctx.now() < end && mayStep()) {
    const after = await takeStep(ctx, { run, bench, me });
    if (after === null) return;
    run = after;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  if (run.finishedAt === null) await ctx.db.write([releasing(run, me)]);
}

const steps: Record<
  Exclude<ForecastRun['stage'], 'done'>,
  (ctx: Context, run: ForecastRun, bench: Workbench) => Promise<StepDone>
> = { fit: takeFitStep, score: takeScoreStep, promise: takePromiseStep, record: takeRecordStep };

/** @returns the run after the step; null when it was begun anew meanwhile, or another process took it */
async function takeStep(
  ctx: Context,
  { run, bench, me }: { run: ForecastRun; bench: Workbench; me: string },
): Promise<ForecastRun | null> {
  const { rows = [], ...change } = run.stage === 'done' ? {} : await steps[run.stage](ctx, run, bench);
  const now = ctx.now();
  const moved = { ...run, ...change, step: run.step + 1, leasedUntil: leaseEnd(now) };
  const after = { ...moved, finishedAt: moved.stage === 'done' ? now : null };
  try {
    await ctx.db.write([moveRun(run, after, me), ...rows]);
  } catch (error) {
    if (isConflictOn(error, 'forecast_runs.step')) return null;
    throw error;
  }
  return after;
}

/** A step of a run that was given up, or that another process has taken, becomes NULL, which the column refuses. */
function moveRun(before: ForecastRun, after: ForecastRun, me: string): Statement {
  return statement(
    `INSERT INTO forecast_runs (day, step, stage, reached, state, accounts, begun_at, actor, leased_until, finished_at)
     VALUES (?1, CASE WHEN EXISTS (SELECT 1 FROM forecast_runs WHERE day = ?1 AND step = ?2 AND leased_by = ?3) THEN ?4 END,
       ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
     ON CONFLICT (day) DO UPDATE SET step = excluded.step, stage = excluded.stage, reached = excluded.reached,
       state = excluded.state, accounts = excluded.accounts, leased_until = excluded.leased_until,
       finished_at = excluded.finished_at`,
    ...[before.day, before.step, me, after.step, after.stage, after.reached, after.state],
    ...[after.accounts, after.begunAt, after.actor, after.leasedUntil, after.finishedAt],
  );
}
