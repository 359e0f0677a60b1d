import { sql } from 'drizzle-orm';
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

/** Referrals are read first, then the orders of each friend: an index of orders by currency looks cheap and leads past all of them. */
const counts = sql`${referrals.referrerRootId} IN ${listed('ids')} AND ${orders.rootId} = ${sql.raw(friendsRoot)} AND ${orders.customerId} = ${sql.raw(friendNow)}
  AND ${sql.raw(areTwo('referrals.friend_id', 'referrals.referrer_id'))}
  AND ${orders.placedAt} >= ${referrals.toldAt} - CASE WHEN ${orders.placedOn} IS NULL THEN 0 ELSE ${sql.raw(`${DAY_MS - 1}`)} END
  AND ${orders.isCancelled} = 0
  AND (${orders.refundedMinor} < ${orders.totalMinor} - ${orders.discountMinor} OR ${orders.totalMinor} = ${orders.discountMinor})
  AND NOT ${sql.raw(isRefused)}`;

const inCurrency = sql`${counts} AND +${orders.currency} = ${sql.placeholder('currency')}`;
const spend = sql`${orders.totalMinor} - ${orders.discountMinor} - ${orders.refundedMinor}`;
const sumOfSpend = sql<bigint>`coalesce(sum(spend), 0)`.mapWith(BigInt);

/**
 * When friends whom some root accounts had recommended to us placed orders that are neither cancelled nor wholly refunded;
 * referrals that are held or declined are left out. What it says changes only with the history of either account. `ids` is
 * a JSON array.
 */
export const listFriendOrders = query((db) =>
  db
    .select({ rootId: referrals.referrerRootId, at: orders.placedAt })
    .from(referrals)
    .crossJoin(orders)
    .where(counts),
);

/**
 * How many friends these orders are of and what they came to, refunds taken off, in one currency. Each order counts once: after
 * a merge of two friends both referrals lead to the same orders.
 */
export const sumFriendOrders = query((db) => {
  const once = db
    .selectDistinct({
      id: sql`${orders.id}`.as('order_id'),
      friend: sql`${orders.rootId}`.as('friend'),
      spend: spend.as('spend'),
    })
    .from(referrals)
    .crossJoin(orders)
    .where(inCurrency)
    .as('once');
  return db
    .select({ friends: sql<number>`count(DISTINCT friend)`.mapWith(Number), spendMinor: sumOfSpend })
    .from(once);
});

/** The same for each account and friend, told by the friend's account and who ordered. */
export const listFriendSpend = query((db) => {
  const once = db
    .selectDistinct({
      id: sql`${orders.id}`.as('order_id'),
      rootId: sql<string>`${referrals.referrerRootId}`.as('told_by'),
      friendRootId: sql<string>`${orders.rootId}`.as('friend'),
      friendId: sql<string>`${orders.customerId}`.as('buyer'),
      spend: spend.as('spend'),
    })
    .from(referrals)
    .crossJoin(orders)
    .where(inCurrency)
    .as('once');
  return db
    .select({
      rootId: once.rootId,
      friendRootId: once.friendRootId,
      friendId: once.friendId,
      spendMinor: sumOfSpend,
    })
    .from(once)
    .groupBy(sql`told_by, friend, buyer`);
});
