import { statement } from '../../../../db/query.ts';
import { isConflictOn, type Statement } from '../../../../db/store.ts';
import { takeSteps } from '../../../ground/feed/take-steps.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { lapsedCaller } from '../policies.ts';
import { type AttentionRun, findActiveStaff } from '../queries.ts';
import { takeRun } from './begin-run.ts';
import { takeJudgeStep } from './judge-step.ts';
import { takeSayStep } from './say-step.ts';
import type { AttentionStep } from './step.ts';

/** How long one turn takes: on Workers the other jobs of its minute wait for it. */
const TURN_MS = { counted: 10_000, free: 5 * 60_000 };
const STEPS_MAX = 100_000;

/**
 * Takes a turn at the lists of today: holds what was said before to what happened, then asks about all accounts. Each step is
 * one unit with how far the run has come, so it goes on wherever it was left; of two who take one, one is refused whole.
 */
export async function workOnAttention(ctx: Context): Promise<void> {
  const end = ctx.now() + (ctx.steps === undefined ? TURN_MS.free : TURN_MS.counted);
  const mayStep = takeSteps(ctx, STEPS_MAX);
  let run = await takeRun(ctx);
  if (run === null) return;
  const asking = await openAsking(ctx, run.day);
  while (run.finishedAt === null && ctx.now() < end && mayStep()) {
    const after: AttentionRun | null = await takeStep(ctx, run, asking);
    if (after === null) return;
    run = after;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

async function openAsking(ctx: Context, today: string) {
  const db = ctx.db.fresh;
  const business = await getBusiness({ ...ctx, db });
  const email = policyOf(business, lapsedCaller);
  const caller = email === 'off' ? null : await findActiveStaff(db, { who: email });
  const { timeZone, currency } = business;
  return { today, timeZone, currency, callerId: caller?.id ?? null };
}

const steps = { judge: takeJudgeStep, say: takeSayStep } as const;

/** @returns the run after the step; null when another process took it */
async function takeStep(
  ctx: Context,
  run: AttentionRun,
  asking: Awaited<ReturnType<typeof openAsking>>,
): Promise<AttentionRun | null> {
  const { rows, ...change }: AttentionStep =
    run.stage === 'done' ? { rows: [] } : await steps[run.stage](ctx, run, asking);
  const moved = { ...run, ...change, step: run.step + 1 };
  const after = { ...moved, finishedAt: moved.stage === 'done' ? ctx.now() : null };
  try {
    await ctx.db.write([moveRun(run, after), ...rows]);
  } catch (error) {
    if (isConflictOn(error, 'attention_runs.step')) return null;
    throw error;
  }
  return after;
}

/** A step that another process has taken becomes NULL, which the column refuses. */
function moveRun(before: AttentionRun, after: AttentionRun): Statement {
  return statement(
    `UPDATE attention_runs SET step = CASE WHEN step = ? THEN ? END, stage = ?, reached = ?, finished_at = ? WHERE day = ?`,
    ...[before.step, after.step, after.stage, after.reached, after.finishedAt, before.day],
  );
}
