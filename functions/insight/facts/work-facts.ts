import type { Context } from '../../ground/platform/context.ts';
import { followFacts } from './follow-facts.ts';
import { markPremium } from './mark-premium.ts';

/** What comes round by itself: accounts are counted, then who of them spends most. */
export async function workFacts(ctx: Context): Promise<void> {
  const passed = await followFacts(ctx);
  await markPremium(ctx, { hasNews: passed > 0 });
}
