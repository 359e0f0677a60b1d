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
  applied: AppliedSums;
}

/**
 * Spend to date by the margin that applies: which these are, in the order in which they came, and what each segment, and all
 * under null, spent under them. Of ten thousand margins and a hundred segments only the amounts are held a million times.
 */
interface AppliedSums {
  margins: Omit<AppliedMargin, 'spentMinor'>[];
  /** Places in `margins`, by kind and name. */
  placeOf: Map<string, number>;
  spentMinor: Map<string | null, Map<number, bigint>>;
}

export const noSegmentSums = (): SegmentSums => ({
  accounts: [],
  ...{ members: new Map(), mix: new Map() },
  applied: { margins: [], placeOf: new Map(), spentMinor: new Map() },
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

export function addApplied({ applied: sums }: SegmentSums, slice: readonly AppliedInSlice[]): void {
  for (const { segmentId, applied } of slice) {
    const own = sums.spentMinor.get(segmentId) ?? new Map<number, bigint>();
    sums.spentMinor.set(segmentId, own);
    const at = placeOf(sums, applied);
    own.set(at, (own.get(at) ?? 0n) + applied.spentMinor);
  }
}

function placeOf(sums: AppliedSums, { kind, name, bps }: AppliedMargin): number {
  const key = `${kind} ${name}`;
  const known = sums.placeOf.get(key);
  if (known !== undefined) return known;
  sums.placeOf.set(key, sums.margins.length);
  return sums.margins.push({ kind, name, bps }) - 1;
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
    margin: marginIn(applied, id),
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

function marginIn({ margins, spentMinor }: AppliedSums, id: string | null): KeptMargin | null {
  const own = spentMinor.get(id);
  if (own === undefined) return null;
  const { parts, ...known } = knownMarginOf(
    [...own].flatMap(([at, spent]) => {
      const margin = margins[at];
      return margin === undefined ? [] : [{ ...margin, spentMinor: spent }];
    }),
  );
  return {
    ...known,
    parts: parts.slice(0, PARTS_MAX),
    others: parts.length - Math.min(PARTS_MAX, parts.length),
  };
}
