import { runAll } from '../../ground/jobs/run-all.ts';
import type { Context } from '../../ground/platform/context.ts';
import { makeGood } from './benefits/make-good.ts';
import { announceDrops } from './drops/announce-drops.ts';
import { expireClaims } from './drops/end-claim.ts';
import { tellEvents } from './events/tell-events.ts';
import { tellLevels } from './levels/tell-levels.ts';
import { admitBySpend } from './sweep-spend.ts';

/** What comes round by itself in the club. One step that fails keeps no other from being taken. */
export async function workClub(ctx: Context): Promise<void> {
  await runAll(ctx, [admitBySpend, expireClaims, announceDrops, tellEvents, makeGood, tellLevels]);
}
