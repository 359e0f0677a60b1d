import type { Store } from '../../db/store.ts';
import { dayOf, startOfDay } from '../platform/business-time.ts';
import { policyOf } from '../programme/policies.ts';
import type { LoadedReferral } from './facts.ts';
import { findCircumstances, listEmails, listSharedMarks } from './queries.ts';
import { reasonsOf } from './reasons.ts';
import type { ReferralReason } from './state.ts';

/** What speaks for looking at a referral before it is paid, as far as it is known now. */
export async function findReasons(
  db: Store,
  { row, business }: Pick<LoadedReferral, 'row' | 'business'>,
): Promise<ReferralReason[]> {
  const { id, referrerId, friendId, toldAt } = row;
  const monthStart = startOfDay(`${dayOf(toldAt, business.timeZone).slice(0, 7)}-01`, business.timeZone);
  const both = { referrerId, friendId };
  const [emails, marks, circumstances] = await Promise.all([
    listEmails(db, both),
    listSharedMarks(db, both),
    findCircumstances(db, { ...both, id, toldAt, monthStart }),
  ]);
  const emailsOf = (of: string) =>
    emails.filter(({ customerId }) => customerId === of).map(({ email }) => email);
  return reasonsOf({
    referrer: { emails: emailsOf(referrerId), name: row.referrer.name },
    friend: { emails: emailsOf(friendId), name: row.friend.name },
    isHousehold: circumstances?.isHousehold ?? false,
    sharedMarks: marks.map(({ kind }) => kind),
    wasCustomer:
      (circumstances?.hadOrdered ?? false) ||
      (row.friend.claimedAt !== null && row.friend.claimedAt < toldAt),
    earlierInMonth: circumstances?.earlierInMonth ?? 0,
    maxPerMonth: policyOf(business, 'referralMaxPerMonth'),
  });
}
