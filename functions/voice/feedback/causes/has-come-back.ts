import { dayOf } from '../../../ground/platform/business-time.ts';

/**
 * Whether feedback says that a cause which was called mended is there still: it was said since. What was said elsewhere counts by
 * its own day, since somebody may come upon an old review late: a review of the day it was mended may be of the morning before.
 */
export function hasComeBack(
  { outcome, closedAt }: { outcome: 'changed' | 'declined' | null; closedAt: number | null },
  { at, saidOn }: { at: number; saidOn: string | null },
  timeZone: string,
): boolean {
  if (outcome !== 'changed' || closedAt === null || at <= closedAt) return false;
  return saidOn === null || saidOn > dayOf(closedAt, timeZone);
}
