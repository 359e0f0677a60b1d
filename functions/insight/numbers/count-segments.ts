import { typicalOf } from './collect.ts';
import type { SegmentNumbers } from './kept-segments.ts';
import type { MemberAccount, MembersSlice } from './read-members.ts';
import { valueModelOf } from './value-model.ts';

/** Accounts with the segments that each is in, as they are added up slice by slice. */
export interface SegmentSums {
  accounts: MemberAccount[];
  /** Places in `accounts`. */
  members: Map<string, number[]>;
  mix: Map<string, Map<string, bigint>>;
}

export const noSegmentSums = (): SegmentSums => ({ accounts: [], members: new Map(), mix: new Map() });

export function addMembers(sums: SegmentSums, slice: MembersSlice): void {
  const before = sums.accounts.length;
  for (const account of slice.accounts) sums.accounts.push(account);
  for (const [id, places] of slice.members) {
    const own = sums.members.get(id) ?? [];
    for (const place of places) own.push(before + place);
    sums.members.set(id, own);
  }
  for (const { segmentId, category, minor } of slice.mix) {
    const own = sums.mix.get(segmentId) ?? new Map<string, bigint>();
    own.set(category, (own.get(category) ?? 0n) + minor);
    sums.mix.set(segmentId, own);
  }
}

/** How a typical account of each segment buys and what it is worth, and the same of all accounts. */
export function segmentNumbersOf(
  { accounts, members, mix }: SegmentSums,
  allMix: ReadonlyMap<string, bigint>,
): Pick<SegmentNumbers, 'whole' | 'segments'> {
  const profile = (own: readonly MemberAccount[], spentOn: ReadonlyMap<string, bigint>) => ({
    typical: typicalOf(own, spentOn),
    value: valueModelOf(own),
  });
  return {
    whole: profile(accounts, allMix),
    segments: Object.fromEntries(
      [...members].map(([id, places]) => [
        id,
        profile(
          places.flatMap((place) => accounts[place] ?? []),
          mix.get(id) ?? new Map(),
        ),
      ]),
    ),
  };
}
