import { setMoment } from '../../care/moments/set-moment.ts';
import { logSign } from '../../care/moments/social/log-sign.ts';
import { workMoments } from '../../care/moments/work-moments.ts';
import { dayOf, instantOfLocal } from '../../ground/platform/business-time.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { findOwnerByEmail } from '../../people/sign-in/find-owner.ts';
import { demoTimeZone } from './demo-order.ts';
import { type Person, people } from './people.ts';
import type { DemoHappening } from './spending.ts';
import { asColleague } from './team.ts';

const SINCE_DAYS = 45;

/** What is done by itself: thanks for a follower and a post, and whoever praised the roastery is asked to recommend it. */
export function momentStories(now: number): DemoHappening[] {
  const daysAgo = (days: number) => now - days * DAY_MS;
  const morning = (days: number) =>
    instantOfLocal(`${dayOf(daysAgo(days), demoTimeZone)}T09:30:00.000`, demoTimeZone);
  const switchOn: DemoHappening['run'] = async (ctx) => {
    const olena = await asColleague({ ...ctx, now: () => daysAgo(SINCE_DAYS) }, 'olena');
    for (const name of ['late_parcel', 'referral_ask', 'testimonial_ask', 'social_thanks'])
      await setMoment(olena, { name, isOn: true });
  };
  const log: DemoHappening['run'] = async (ctx) => {
    const maryna = await asColleague({ ...ctx, now: () => daysAgo(12) }, 'maryna');
    const follower = { customerId: await idOf(ctx, people.tom), kind: 'follow', place: 'instagram' } as const;
    await logSign(maryna, follower);
    const post = { customerId: await idOf(ctx, people.daniel), kind: 'post', place: 'instagram' } as const;
    await logSign(maryna, { ...post, link: 'https://instagram.com/p/fern-and-kettle' });
  };
  const work = (days: number): DemoHappening => ({
    at: morning(days),
    run: async (ctx) => void (await workMoments({ ...ctx, now: () => morning(days) })),
  });
  return [
    { at: daysAgo(SINCE_DAYS), run: switchOn },
    ...[35, 28, 21, 14].map(work),
    { at: daysAgo(12), run: log },
    ...[10, 7, 4, 1].map(work),
  ];
}

async function idOf(ctx: Context, { email }: Person): Promise<string> {
  const [owner] = await findOwnerByEmail(ctx.db.fresh, { email });
  assert(owner !== undefined, 'the demo knows its people');
  return owner.id;
}
