import { isDisposableEmail } from 'disposable-email-domains-js';
import { mailboxOf } from '../../ground/platform/email.ts';
import { type ReferralReason, referralReasons } from './state.ts';

/** One of the two people of a referral. */
export interface ReferralParty {
  /** Of today and before, normal. */
  emails: readonly string[];
  name: string | null;
}

/** What is known about two people when a referral is looked at. */
export interface ReferralEvidence {
  referrer: ReferralParty;
  friend: ReferralParty;
  /** They belong to one household or company. */
  isHousehold: boolean;
  /** What both were seen with. */
  sharedMarks: readonly ('address' | 'payment' | 'device' | 'network')[];
  /** The friend had joined or ordered before the code was told. */
  wasCustomer: boolean;
  /** How many people the referrer recommended in the same month before this one. */
  earlierInMonth: number;
  maxPerMonth: number;
}

/** Why somebody should look at a referral before it is paid. Pure; in the fixed order. */
export function reasonsOf(evidence: ReferralEvidence): ReferralReason[] {
  const { referrer, friend, sharedMarks: shared } = evidence;
  const people = new Set(referrer.emails.map(mailboxOf));
  const isSameName = referrer.name !== null && nameOf(referrer.name) === nameOf(friend.name ?? '');
  const applies: Record<ReferralReason, boolean> = {
    same_person:
      friend.emails.some((email) => people.has(mailboxOf(email))) || (isSameName && evidence.isHousehold),
    same_address: evidence.isHousehold || shared.includes('address') || shared.includes('network'),
    same_payment_mark: shared.includes('payment'),
    same_device: shared.includes('device'),
    existing_customer: evidence.wasCustomer,
    too_many: evidence.earlierInMonth >= evidence.maxPerMonth,
    disposable_mail: friend.emails.some((email) => isDisposableEmail(mailboxOf(email))),
  };
  return referralReasons.filter((reason) => applies[reason]);
}

const nameOf = (name: string) => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
