import { currencyExponent, parseDecimal } from '../../ground/platform/money.ts';
import type { Business } from '../business/business.ts';
import { policyOf } from '../business/policies.ts';
import { creditAgentAct, creditAgentDay, creditManagerAct, creditManagerDay } from './policies.ts';

/** How much somebody may give or take by hand alone, in minor units. */
export interface CreditLimits {
  act: bigint;
  day: bigint;
}

/** The limits of a role; null for who sets them. */
export function limitsOf(business: Business, role: string): CreditLimits | null {
  if (role === 'owner') return null;
  const minor = (text: string) => {
    const parsed = parseDecimal(text, currencyExponent(business.currency ?? '') ?? 2);
    return parsed.ok ? parsed.minor : 0n;
  };
  return role === 'manager'
    ? {
        act: minor(policyOf(business, creditManagerAct)),
        day: minor(policyOf(business, creditManagerDay)),
      }
    : { act: minor(policyOf(business, creditAgentAct)), day: minor(policyOf(business, creditAgentDay)) };
}
