import { statement } from '../../../db/query.ts';
import { type Statement, StoreConflict } from '../../../db/store.ts';
import { followChanges } from '../../ground/feed/follow-changes.ts';
import type { Change, Follower } from '../../ground/feed/follower.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newestOfFriend } from './friends-root.ts';
import { lookAtReferral } from './look.ts';
import { listDue } from './queries.ts';

/** About how many referrals one run looks at; the rest is looked at by the next. */
const LOOKS_MAX = 2000;

/** What happens with a friend's account is news of the referral by which they came. */
export const referralNews: Follower = { name: 'referrals', start: 'beginning', step: 1000 };

/** Looks at every referral of which the friend's account has news, or whose waiting days are over. */
export async function lookAtReferrals(ctx: Context): Promise<number> {
  const now = ctx.now();
  await followChanges(ctx, referralNews, async (changes) => [markAsDue(changes, now)]);
  let looked = 0;
  let after = '';
  while (looked < LOOKS_MAX) {
    const page = await listDue(ctx.db.fresh, { now, after });
    const last = page.at(-1);
    if (last === undefined) break;
    for (const { id } of page) looked += await look(ctx, id);
    after = last.id;
  }
  return looked;
}

/** A look that has seen the newest row of the account by now, our own bonus perhaps, has seen these changes. */
function markAsDue(changes: readonly Change[], now: number): Statement {
  return statement(
    `UPDATE referrals SET due_at = ?1 WHERE friend_root_id IN
         (WITH RECURSIVE before (id) AS (SELECT value FROM json_each(?2)
            UNION SELECT m.merged_root_id FROM before CROSS JOIN customer_merges AS m ON m.survivor_root_id = before.id)
          SELECT id FROM before WHERE id IS NOT NULL)
       AND looked_seq <> ${newestOfFriend}
       AND (due_at IS NULL OR due_at > ?1)`,
    now,
    JSON.stringify([...new Set(changes.map(({ accountId }) => accountId))]),
  );
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
