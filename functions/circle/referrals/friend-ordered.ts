import { eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { orders, referrals } from '../../../db/schema/index.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import { listed } from '../../money/accounts/account-columns.ts';
import { areTwo, survivingCustomer } from '../../money/accounts/survivors.ts';
import { friendsRoot } from './friends-root.ts';

const friendNow = survivingCustomer('referrals.friend_id', 'referrals.referrer_id');

/** The newest decision of staff on a referral; 0 and nothing before there is one. */
const decided = (what: string) => `(SELECT ${what} FROM referral_steps AS d WHERE d.referral_id = referrals.id
  AND d.kind IN ('released', 'declined', 'reopened') ORDER BY d.seq DESC LIMIT 1)`;

/** As `deriveReferral` says it: declined, or something was found that no release covers. */
const isRefused = `(coalesce(${decided('d.kind')}, '') = 'declined'
  OR EXISTS (SELECT 1 FROM referral_steps AS f WHERE f.referral_id = referrals.id AND f.kind = 'found'
    AND f.seq > coalesce(${decided("CASE d.kind WHEN 'released' THEN d.seq END")}, 0)))`;

/**
 * When a friend whom some root accounts had recommended to us last placed an order that is neither cancelled nor wholly
 * refunded; accounts of none are left out, and so are referrals that are held or declined. What it says changes only with
 * the history of either account. `ids` is a JSON array.
 */
export const listFriendOrdered = query((db) =>
  db
    .select({
      rootId: referrals.referrerRootId,
      at: sql<number>`max(${orders.placedAt})`.mapWith(Number),
    })
    .from(referrals)
    .innerJoin(orders, eq(orders.rootId, sql.raw(friendsRoot)))
    .where(
      sql`${referrals.referrerRootId} IN ${listed('ids')} AND ${orders.customerId} = ${sql.raw(friendNow)}
        AND ${sql.raw(areTwo('referrals.friend_id', 'referrals.referrer_id'))}
        AND ${orders.placedAt} >= ${referrals.toldAt} - CASE WHEN ${orders.placedOn} IS NULL THEN 0 ELSE ${sql.raw(`${DAY_MS - 1}`)} END
        AND ${orders.isCancelled} = 0
        AND (${orders.refundedMinor} < ${orders.totalMinor} - ${orders.discountMinor} OR ${orders.totalMinor} = ${orders.discountMinor})
        AND NOT ${sql.raw(isRefused)}`,
    )
    .groupBy(referrals.referrerRootId),
);
