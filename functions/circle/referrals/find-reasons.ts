import type { Store } from '../../../db/store.ts';
import { dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { policyOf } from '../../money/business/policies.ts';
import type { LoadedReferral } from './facts.ts';
import { referralMaxPerMonth } from './policies.ts';
import { findCircumstances, listEmails, listSharedMarks } from './queries.ts';
import { reasonsOf } from './reasons.ts';
import type { ReferralReason } from './state.ts';

/**
 * A till tells of its day at night. Who had ordered or joined longer than that before a code was recorded is looked at as a
 * customer of before, whenever the code is said to have been told.
 */
const LATE_MS = 36 * 3_600_000;

/** What speaks for looking at a referral before it is paid, as far as it is known now. */
export async function findReasons(
  db: Store,
  { row, business }: Pick<LoadedReferral, 'row' | 'business'>,
): Promise<ReferralReason[]> {
  const { id, referrerId, friendId, recordedAt } = row;
  const customerBy = Math.max(row.toldAt, recordedAt - LATE_MS);
  const monthStart = startOfDay(`${dayOf(recordedAt, business.timeZone).slice(0, 7)}-01`, business.timeZone);
  const both = { referrerId, friendId };
  const [emails, marks, circumstances] = await Promise.all([
    listEmails(db, both),
    listSharedMarks(db, both),
    findCircumstances(db, { ...both, id, recordedAt, customerBy, monthStart }),
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
      (row.friend.claimedAt !== null && row.friend.claimedAt < customerBy),
    earlierInMonth: circumstances?.earlierInMonth ?? 0,
    maxPerMonth: policyOf(business, referralMaxPerMonth),
  });
}
