import type { Policy } from '../../ground/settings/policy.ts';
import type { Business } from '../../money/business/business.ts';
import { minorInForce, policyOf } from '../../money/business/policies.ts';
import { referral, referralFriend, referralMinimum, referralOwn } from './policies.ts';

/** What the business promises for a recommendation from now on; minor units of its currency. */
export interface ReferralPromise {
  own: bigint;
  friend: bigint;
  minimum: bigint;
  waitingDays: number;
  currency: string;
}

/** Null while the business promises nothing, or has no currency. */
export function promiseOf(business: Business): ReferralPromise | null {
  const { currency } = business;
  if (currency === null || policyOf(business, referral) === 'off') return null;
  const amount = (policy: Policy<string>) => minorInForce(business, policy) ?? 0n;
  return {
    own: amount(referralOwn),
    friend: amount(referralFriend),
    minimum: amount(referralMinimum),
    waitingDays: waitingDaysOf(business),
    currency,
  };
}

/** The longest wait of the rules in force: until then any of what was bought may come back. */
function waitingDaysOf({ programme }: Business): number {
  const inForce = programme?.versions.filter(({ until }) => until === null) ?? [];
  return Math.max(0, ...inForce.map(({ rule }) => rule.settleAfterDays));
}
