import { type Store, StoreConflict } from '../../db/store.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { lookAtReferral } from './look.ts';
import { listDue, listWithNews } from './queries.ts';

/** About how many referrals one run looks at for each of the two causes; the rest is looked at by the next. */
const LOOKS_MAX = 1000;

/** Looks at every referral of which the friend's account has news, or whose waiting days are over. */
export async function lookAtReferrals(ctx: Context): Promise<number> {
  const now = ctx.now();
  return (
    (await lookAtAll(ctx, (db, after) => listDue(db, { now, after }))) +
    (await lookAtAll(ctx, (db, after) => listWithNews(db, { after })))
  );
}

async function lookAtAll(
  ctx: Context,
  list: (db: Store, after: string) => Promise<{ id: string }[]>,
): Promise<number> {
  let looked = 0;
  let after = '';
  while (looked < LOOKS_MAX) {
    const page = await list(ctx.db.fresh, after);
    const last = page.at(-1);
    if (last === undefined) break;
    for (const { id } of page) looked += await look(ctx, id);
    after = last.id;
  }
  return looked;
}

/** One that many are changing, or whose accounts refuse to be changed, waits for the next run; those behind it do not. */
async function look(ctx: Context, id: string): Promise<number> {
  try {
    await lookAtReferral(ctx, id);
    return 1;
  } catch (error) {
    if (error instanceof AppError)
      ctx.log.warn('Referral {id} is left for later: {code}', { id, code: error.code });
    else if (error instanceof StoreConflict)
      ctx.log.error('Referral {id} cannot be settled: {rule}', { id, rule: error.rule });
    else throw error;
    return 0;
  }
}
