import { listLags } from '../../ground/feed/positions.ts';
import type { Context } from '../../ground/platform/context.ts';
import { factsFollower, followFacts } from '../facts/follow-facts.ts';
import { getFactsProgress } from '../facts/get-facts-progress.ts';
import { workFacts } from '../facts/work-facts.ts';

/**
 * Up to which change of the history accounts are counted under the terms of now; null while that has not begun, as when all are
 * counted anew.
 */
export async function findCounted(ctx: Context): Promise<number | null> {
  if (!(await getFactsProgress(ctx)).isBegun) return null;
  return (await positionsNow(ctx)).get(factsFollower.name) ?? null;
}

/**
 * Whether everybody may be asked: what a follower of the segments has passed already is counted. What is not yet is asked again
 * when that follower comes to it.
 */
export async function areFactsReady(ctx: Context, follower: { name: string }): Promise<boolean> {
  const counted = await findCounted(ctx);
  return counted !== null && counted >= ((await positionsNow(ctx)).get(follower.name) ?? 0);
}

async function positionsNow(ctx: Context): Promise<ReadonlyMap<string, number>> {
  const lags = await listLags({ ...ctx, db: ctx.db.fresh });
  return new Map(lags.map(({ name, position }) => [name, position]));
}

/** So many steps of 500 changes are counted before somebody is asked, who may wait for it; what is more is left to the job. */
const STEPS = 2;

/** Counts what happened since, where that is little. */
export async function freshenFacts(ctx: Context): Promise<void> {
  await followFacts(ctx, { ...factsFollower, stepsMax: STEPS });
}

/** The same to the end, however long it takes: for who asks by a command and waits. */
export async function finishFacts(ctx: Context): Promise<void> {
  for (;;) {
    await workFacts(ctx);
    const { isComplete } = await getFactsProgress(ctx);
    if (isComplete || ctx.isEnding?.() === true) return;
  }
}
