import type { Context } from '../../ground/platform/context.ts';
import { endYears } from './count-years.ts';
import { factsFollower, followFacts } from './follow-facts.ts';
import { markPremium } from './mark-premium.ts';

/**
 * A run takes three hundredths of its minute at the most, so that orders that come in all the time lose no more to it. What is left
 * is for the next run; the further behind it is, the more changes of an account are counted as one.
 */
const RUN_MS_MAX = 0.03 * 60_000;
const STEPS_MAX = 400;

/** What comes round by itself: accounts are counted, then who of them spends most. */
export async function workFacts(ctx: Context): Promise<void> {
  const until = ctx.now() + RUN_MS_MAX;
  const paced = { ...ctx, isEnding: () => ctx.isEnding?.() === true || ctx.now() >= until };
  const passed = await followFacts(paced, { ...factsFollower, stepsMax: STEPS_MAX });
  const ended = await endYears(paced);
  await markPremium(ctx, { hasNews: passed + ended > 0 });
}
