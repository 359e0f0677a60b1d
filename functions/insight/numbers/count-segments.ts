import { type AppliedMargin, knownMarginOf } from '../margins/margins.ts';
import type { AppliedInSlice } from '../margins/read-applied.ts';
import { typicalOf } from './collect.ts';
import type { KeptMargin, SegmentNumbers } from './kept-segments.ts';
import type { MemberAccount, MembersSlice } from './read-members.ts';
import { valueModelOf } from './value-model.ts';

/** Accounts with the segments that each is in, as they are added up slice by slice. */
export interface SegmentSums {
  accounts: MemberAccount[];
  /** Places in `accounts`. */
  members: Map<string, number[]>;
  mix: Map<string, Map<string, bigint>>;
  /** Spend to date by the margin that applies: of each segment, and of all under null. */
  applied: Map<string | null, Map<string, AppliedMargin>>;
}

export const noSegmentSums = (): SegmentSums => ({
  accounts: [],
  ...{ members: new Map(), mix: new Map(), applied: new Map() },
});

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

export function addApplied(sums: SegmentSums, slice: readonly AppliedInSlice[]): void {
  for (const { segmentId, applied } of slice) {
    const own = sums.applied.get(segmentId) ?? new Map<string, AppliedMargin>();
    sums.applied.set(segmentId, own);
    const key = `${applied.kind} ${applied.name}`;
    const known = own.get(key);
    if (known === undefined) own.set(key, { ...applied });
    else known.spentMinor += applied.spentMinor;
  }
}

/** How a typical account of each segment buys and what it is worth, and the same of all accounts. */
export function segmentNumbersOf(
  { accounts, members, mix, applied }: SegmentSums,
  allMix: ReadonlyMap<string, bigint>,
): Pick<SegmentNumbers, 'whole' | 'segments'> {
  const profile = (
    id: string | null,
    own: readonly MemberAccount[],
    spentOn: ReadonlyMap<string, bigint>,
  ) => ({
    typical: typicalOf(own, spentOn),
    value: valueModelOf(own),
    margin: marginIn(applied.get(id)),
  });
  return {
    whole: profile(null, accounts, allMix),
    segments: Object.fromEntries(
      [...members].map(([id, places]) => [
        id,
        profile(
          id,
          places.flatMap((place) => accounts[place] ?? []),
          mix.get(id) ?? new Map(),
        ),
      ]),
    ),
  };
}

/** So many parts are told, those with the most spend; of the others only their number. */
const PARTS_MAX = 12;

function marginIn(applied: ReadonlyMap<string, AppliedMargin> | undefined): KeptMargin | null {
  if (applied === undefined) return null;
  const { parts, ...known } = knownMarginOf([...applied.values()]);
  return {
    ...known,
    parts: parts.slice(0, PARTS_MAX),
    others: parts.length - Math.min(PARTS_MAX, parts.length),
  };
}
