import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { lookAtReferral } from './look.ts';
import { listDue, listWithNews } from './queries.ts';

/** How many referrals one run looks at; the rest is looked at by the next. */
const LOOKS_MAX = 1000;

/** Looks at every referral of which the friend's account has news, or whose waiting days are over. */
export async function lookAtReferrals(ctx: Context): Promise<number> {
  const db = ctx.db.fresh;
  let looked = 0;
  for (const { id } of await listDue(db, { now: ctx.now() })) looked += await look(ctx, id);
  let after = '';
  while (looked < LOOKS_MAX) {
    const news = await listWithNews(db, { after });
    const last = news.at(-1);
    if (last === undefined) break;
    for (const { id } of news) looked += await look(ctx, id);
    after = last.id;
  }
  return looked;
}

/** One that many are changing, or for which nothing can be paid yet, waits for the next run. */
async function look(ctx: Context, id: string): Promise<number> {
  try {
    await lookAtReferral(ctx, id);
    return 1;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.log.warn('Referral {id} is left for later: {code}', { id, code: error.code });
    return 0;
  }
}
