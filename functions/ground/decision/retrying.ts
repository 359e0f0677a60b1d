import { isConflictOn } from '../../../db/store.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';

const DEADLINE_MS = 5000;
const PAUSE_MS_MAX = 200;

/** What is decided on, and when a refused write is worth deciding again. */
export interface Contention {
  /** For the sentence that ends it: `account` in "The account is being changed by many at once". */
  subject: string;
  /** Decisions under one key are made one after the other within this process, so that few meet at a guard. */
  key?: string;
  /** Parts of what a refused write names when somebody else was first; what the rooms declare, unless given. */
  conflicts?: readonly string[];
  /** Decided no more once it is over; five seconds unless given. */
  deadline_ms?: number;
}

/**
 * Decides and writes, and decides anew when a guard says that somebody else was first. Each further time waits longer,
 * up to a fifth of a second, by chance, so that two that met do not meet again.
 * @throws {AppError} `unavailable` when others are still first at the deadline, its `cause` the last refusal; whatever
 * else `decide` throws, at once
 */
export function retrying<Result>(
  ctx: Pick<Context, 'queue' | 'house'>,
  contention: Contention,
  decide: () => Promise<Result>,
): Promise<Result> {
  const { key } = contention;
  const work = () => decideUntilFirst(ctx, contention, decide);
  return key === undefined ? work() : ctx.queue.run(key, work);
}

async function decideUntilFirst<Result>(
  ctx: Pick<Context, 'house'>,
  { subject, conflicts = ctx.house.conflicts, deadline_ms = DEADLINE_MS }: Contention,
  decide: () => Promise<Result>,
): Promise<Result> {
  const deadline = performance.now() + deadline_ms;
  for (let tries = 1; ; tries += 1) {
    try {
      return await decide();
    } catch (error) {
      if (!isConflictOn(error, ...conflicts)) throw error;
      if (performance.now() > deadline) {
        const message = `The ${subject} is being changed by many at once; try again.`;
        throw new AppError('unavailable', message, { retry_after_s: 1, cause: error });
      }
      await pause(Math.random() * Math.min(PAUSE_MS_MAX, 5 * 2 ** tries));
    }
  }
}

/** What was refused since somebody else was first. */
export interface Lost<Unit> {
  unit: Unit;
  error: unknown;
}

/** Works on many at once; those for which somebody else was first are worked on again, one by one. */
export async function retryingLost<Unit>(
  ctx: Pick<Context, 'queue' | 'house'>,
  contention: Contention & { units: readonly Unit[] },
  work: (units: readonly Unit[]) => Promise<readonly Lost<Unit>[]>,
): Promise<void> {
  for (const { unit } of await work(contention.units)) {
    await retrying(ctx, contention, async () => {
      const [lost] = await work([unit]);
      if (lost !== undefined) throw lost.error;
    });
  }
}

/** Whether a write lost against another one and is worth deciding again, by the conflicts that the rooms name. */
export function isContention(ctx: Pick<Context, 'house'>, error: unknown): boolean {
  return isConflictOn(error, ...ctx.house.conflicts);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
