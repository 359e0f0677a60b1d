import { eq, sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import { referrals } from '../../../db/schema/index.ts';

/** The one referral by which somebody came, if any. */
export const findReferralOfFriend = queryOne((db) =>
  db
    .select()
    .from(referrals)
    .where(eq(referrals.friendId, sql.placeholder('friendId'))),
);
