import { nextTarget, reachedTarget } from '../../rewards/entitlement.ts';
import type { Scheme } from '../../rewards/types.ts';

/** Whether a spend, in minor units, is within the last per cent of the way from the last target to the next; the last tenth unless said. */
export function isNearly(scheme: Scheme, spend: bigint, percent = 10): boolean {
  const next = nextTarget(scheme, spend);
  if (next === null || next.pays <= 0n || spend <= 0n) return false;
  return next.missing * 100n <= (next.spend - reachedTarget(scheme, spend)) * BigInt(percent);
}
