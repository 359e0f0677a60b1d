import { sql } from 'drizzle-orm';
import { survivingCustomer } from '../../money/accounts/survivors.ts';

const referrerNow = sql.raw(survivingCustomer('referrals.referrer_id'));
const readerNow = sql.raw(survivingCustomer('referrals.friend_id'));

/** Who reads what is told to both: they, or who they were merged into since. */
export const readers = {
  referrerReaderId: sql<string>`${referrerNow}`,
  referrerJoinedAt: sql<number | null>`(SELECT claimed_at FROM customers WHERE id = ${referrerNow})`,
  friendReaderId: sql<string>`${readerNow}`,
  friendJoinedAt: sql<number | null>`(SELECT claimed_at FROM customers WHERE id = ${readerNow})`,
};
