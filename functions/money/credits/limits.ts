import { allowProven } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
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

/**
 * Asks for the second factor where more is given or taken by hand than a manager may alone.
 * @throws {AppError} `proof_needed`
 */
export function allowLargeCredit(
  ctx: Context,
  business: Pick<Business, 'settings' | 'currency'>,
  amount: bigint,
): void {
  const moved = amount < 0n ? -amount : amount;
  if (moved > (minorInForce(business, creditManagerAct) ?? 0n)) allowProven(ctx);
}
