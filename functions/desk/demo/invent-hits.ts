import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { keepHits } from '../../insight/hits/keep-hits.ts';
import { demoTimeZone } from './demo-order.ts';
import { createRandom } from './random.ts';

const SEED = 1987;
const DAYS = 75;

/** How often each is read on a day, more or less, of a hundred readings in Ukrainian 22. */
const pages: readonly [page: string, often: number][] = [
  ['/', 34],
  ['/account', 58],
  ['/account/orders', 27],
  ['/account/orders/[source]/[number]', 31],
  ['/account/rewards', 24],
  ['/account/club', 12],
  ['/account/settings', 5],
  ['/how-it-works', 11],
  ['/club', 7],
  ['/voices', 4],
  ['/advice', 9],
  ['/advice/how-to-brew-sencha', 13],
  ['/advice/cleaning-a-hand-grinder', 6],
  ['/advice/a-pot-for-life', 3],
];
const PERCENT_UK = 22;

/** What was read on the portal of the demo in the last weeks: less at weekends. */
export async function inventHits(ctx: Context): Promise<void> {
  const random = createRandom(SEED);
  const today = dayOf(ctx.now(), demoTimeZone);
  for (let back = DAYS; back >= 0; back -= 1) {
    const day = addDays(today, -back);
    const isWeekend = new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0;
    const hits = new Map<string, number>();
    for (const [page, often] of pages) {
      const all = Math.round((random.between(60, 140) * often * (isWeekend ? 6 : 10)) / 1000);
      const uk = Math.round((all * PERCENT_UK) / 100);
      if (all - uk > 0) hits.set(`en ${page}`, all - uk);
      if (uk > 0) hits.set(`uk ${page}`, uk);
    }
    await keepHits(ctx.db, { day, hits });
  }
}
