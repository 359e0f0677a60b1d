import type { Context } from '../platform/context.ts';
import { makeGood } from './benefits/make-good.ts';
import { announceDrops } from './drops/announce-drops.ts';
import { expireClaims } from './drops/end-claim.ts';
import { tellEvents } from './events/tell-events.ts';
import { admitBySpend } from './sweep-spend.ts';

/** What comes round by itself in the club. */
export async function workClub(ctx: Context): Promise<void> {
  await admitBySpend(ctx);
  await expireClaims(ctx);
  await announceDrops(ctx);
  await tellEvents(ctx);
  await makeGood(ctx);
}
