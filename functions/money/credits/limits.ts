import type { Policy } from '../../ground/settings/policy.ts';
import type { Business } from '../business/business.ts';
import { minorInForce } from '../business/policies.ts';
import { creditAgentAct, creditAgentDay, creditManagerAct, creditManagerDay } from './policies.ts';

/** How much somebody may give or take by hand alone, in minor units. */
export interface CreditLimits {
  act: bigint;
  day: bigint;
}

/** The limits of a role; null for who sets them. */
export function limitsOf(
  business: Pick<Business, 'settings' | 'currency'>,
  role: string,
): CreditLimits | null {
  if (role === 'owner') return null;
  const minor = (policy: Policy<string>) => minorInForce(business, policy) ?? 0n;
  return role === 'manager'
    ? { act: minor(creditManagerAct), day: minor(creditManagerDay) }
    : { act: minor(creditAgentAct), day: minor(creditAgentDay) };
}
