import { survivingRoot } from '../../money/accounts/survivors.ts';

/** In SQL, where the friend's orders are: nobody is their own friend, so they are not followed to the referrer. */
export const friendsRoot = survivingRoot('referrals.friend_root_id', 'referrals.referrer_id');

/** The newest row of that account's history. */
export const newestOfFriend = `(SELECT history_seq FROM accounts WHERE id = ${friendsRoot})`;
