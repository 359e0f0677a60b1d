import { takeSteps } from '../../ground/feed/take-steps.ts';
import { type Recipient, type Telling, type Told, tellEach } from '../../ground/outbox/tell-each.ts';
import type { Context } from '../../ground/platform/context.ts';
import { findSweep, forgetSweep, markSwept } from './sweeps.ts';

/** So many steps through the members are taken in one run. */
const STEPS_MAX = 1000;

interface MembersTold<One extends Recipient> extends Omit<Telling<One>, 'list'> {
  /** The sweep that keeps how far it came. */
  sweep: string;
  /** Names this round through all members: another one begins at the first. */
  round: string;
  /** Who among the next members has something to hear, behind an account; `last` is null at the end. */
  read: (after: string) => Promise<{ last: string | null; found: readonly One[] }>;
}

/**
 * Tells members of something, each once, in the order of their accounts. What is broken off goes on behind whom it looked at last,
 * so that runs of any length come to the end.
 */
export async function tellMembers<One extends Recipient>(
  ctx: Context,
  { sweep, round, read, ...telling }: MembersTold<One>,
): Promise<Told> {
  const [kept, place] = ((await findSweep(ctx.db.fresh, sweep)) ?? '').split(' ');
  let behind = kept === round ? (place ?? '') : '';
  let isEnded = false;
  const mayStep = takeSteps(ctx, STEPS_MAX);
  const list = async (after: string): Promise<readonly One[]> => {
    if (after !== '') behind = after;
    while (mayStep()) {
      const { last, found } = await read(behind);
      isEnded = last === null;
      if (isEnded || found.length > 0) return found;
      behind = last ?? behind;
    }
    return [];
  };
  const outcome = await tellEach<One>(ctx, { ...telling, list });
  await ctx.db.write([isEnded ? forgetSweep(sweep) : markSwept(sweep, `${round} ${behind}`)]);
  return { ...outcome, isWhole: isEnded && outcome.isWhole };
}
