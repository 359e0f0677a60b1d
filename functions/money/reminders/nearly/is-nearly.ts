import { nextTarget, reachedTarget } from '../../rewards/entitlement.ts';
import type { Scheme } from '../../rewards/types.ts';

/** Whether a spend, in minor units, is within the last tenth of the way from the last target to the next. */
export function isNearly(scheme: Scheme, spend: bigint): boolean {
  const next = nextTarget(scheme, spend);
  if (next === null || next.pays <= 0n || spend <= 0n) return false;
  return next.missing * 10n <= next.spend - reachedTarget(scheme, spend);
}
