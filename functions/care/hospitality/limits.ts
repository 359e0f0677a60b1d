/** What one person may have, in minor units of the business currency: at once, and in a calendar year. */
export interface Limits {
  actMinor: bigint;
  yearMinor: bigint;
}

export type LimitPassed = 'act' | 'year';

/** Which limits something passes that somebody is to have who had `yearBeforeMinor` in the year; at a limit none is passed. */
export function limitsPassed(
  { actMinor, yearMinor }: Limits,
  { worthMinor, yearBeforeMinor }: { worthMinor: bigint; yearBeforeMinor: bigint },
): LimitPassed[] {
  return [
    ...(worthMinor > actMinor ? (['act'] as const) : []),
    ...(yearBeforeMinor + worthMinor > yearMinor ? (['year'] as const) : []),
  ];
}

export type HospitalityState = 'given' | 'waiting' | 'approved' | 'refused' | 'withdrawn';

/** Where an entry stands; what is withdrawn or refused counts for nobody. */
export function stateOf(entry: {
  needsApproval: boolean;
  decision: 'approved' | 'refused' | null;
  withdrawnAt: number | null;
}): HospitalityState {
  if (entry.withdrawnAt !== null) return 'withdrawn';
  return entry.decision ?? (entry.needsApproval ? 'waiting' : 'given');
}
