import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { countRoots, findWaiting } from './queries.ts';

/** A programme on its way to the root accounts that were there when it was set. */
export interface Settling {
  revision: number;
  /** Those it has not reached. */
  waiting: number;
}

/** What could not be counted within a day keeps nobody from changing the programme. */
const SETTLING_MS_MAX = DAY_MS;

/** Null where the programme in force has reached all accounts. */
export async function findSettling({ db, now }: Pick<Context, 'db' | 'now'>): Promise<Settling | null> {
  const found = await findWaiting(db.fresh, {});
  if (found === null || found.waiting === 0 || now() - found.setAt > SETTLING_MS_MAX) return null;
  return { revision: found.revision, waiting: found.waiting };
}

/** How far it is, of all root accounts. */
export interface SettlingProgress {
  reached: number;
  of: number;
}

/** As {@link findSettling}, for those who look on. */
export async function findSettlingProgress(
  ctx: Pick<Context, 'db' | 'now'>,
): Promise<SettlingProgress | null> {
  const settling = await findSettling(ctx);
  if (settling === null) return null;
  const counted = await countRoots(ctx.db, { limit: Number.MAX_SAFE_INTEGER });
  const of = Math.max(counted?.roots ?? 0, settling.waiting);
  return { reached: of - settling.waiting, of };
}
