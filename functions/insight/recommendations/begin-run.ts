import { insertInto } from '../../../db/query.ts';
import { productRuns } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { dayNumber, HOUR_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findScope } from './list-accounts.ts';
import { findNewestRun, findNews, findOpenRun, type ProductRun } from './queries.ts';

/** When the night's run begins, in hours after midnight in business time: behind the proof. The very first waits for no night. */
const NIGHT_HOUR = 4;
/** What goes together changes slowly: where there are many accounts, a week is soon enough. */
const MANY_ACCOUNTS = 20_000;
const MANY_EVERY_DAYS = 7;

const insertRun = insertInto(productRuns);

/** Whether a run goes on or is due: a few reads by key. */
export async function isRunDue(ctx: Context): Promise<boolean> {
  if ((await findOpenRun(ctx.db.fresh)) !== null) return true;
  return (await findDueNight(ctx)) !== null;
}

/** The run to work on: one that goes on, or tonight's, begun now; null when nothing is due. */
export async function findOrBeginRun(ctx: Context): Promise<ProductRun | null> {
  const open = await findOpenRun(ctx.db.fresh);
  if (open !== null) return open;
  const night = await findDueNight(ctx);
  return night === null ? null : beginRun(ctx, night);
}

/** Of several processes that begin one, one does; all go on with it. */
export async function beginRun(ctx: Context, day: string): Promise<ProductRun | null> {
  const db = ctx.db.fresh;
  const [newest, news, scope] = await Promise.all([
    findNewestRun(db),
    findNews(db),
    findScope(db, ctx.now()),
  ]);
  const run: ProductRun = {
    ...{
      run: (newest?.run ?? 0) + 1,
      day,
      phase: 'gathering',
      reached: '',
      upTo: news?.position ?? 0,
      finishedAt: null,
    },
    ...{ ...scope, accounts: 0, products: 0, pairs: 0, nothing: null, begunAt: ctx.now() },
  };
  try {
    await ctx.db.write([insertRun(run)]);
  } catch (error) {
    if (!isConflictOn(error, 'product_runs')) throw error;
  }
  return findOpenRun(db);
}

/** Nothing is counted anew where nothing has happened. */
async function findDueNight(ctx: Context): Promise<string | null> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const [{ timeZone }, newest, news] = await Promise.all([
    getBusiness({ ...ctx, db }),
    findNewestRun(db),
    findNews(db),
  ]);
  const night = dayOf(now, timeZone);
  if (news === null || news.hasOrders === 0) return null;
  if (newest === null) return night;
  if (now < startOfDay(night, timeZone) + NIGHT_HOUR * HOUR_MS || news.position <= newest.upTo) return null;
  const every = newest.accounts > MANY_ACCOUNTS ? MANY_EVERY_DAYS : 1;
  return dayNumber(night) - dayNumber(newest.day) >= every ? night : null;
}
