import type { Context } from '../../ground/platform/context.ts';
import { type NamedAccount, nameAccounts } from '../../money/accounts/name-accounts.ts';
import { listAudiencesOf } from '../../money/programme/audience.ts';
import { loadWorld } from '../segments/load-world.ts';
import { mayKnow } from '../segments/may-ask.ts';
import { TYPICAL_MIN, type TypicalAccount } from './collect.ts';
import { getNumbers } from './get-numbers.ts';
import { findSegmentNumbers } from './kept-segments.ts';

/** How a typical account of a segment that an account is in buys, or one of its kind. */
export interface TypicalProfile {
  kind: NamedAccount['kind'];
  /** Null where it is that of the kind. */
  segment: { id: string; name: string | null } | null;
  typical: TypicalAccount;
  /** Whether there are too few of the kind to say. */
  cannotTell: boolean;
  currency: string;
}

/**
 * How a typical account like a root account buys: of the smallest segment it is in that can tell an interval, or else of its
 * kind; see {@link likest}. Null before it was first counted.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function getTypical(
  ctx: Context,
  { accountId }: { accountId: string },
): Promise<TypicalProfile | null> {
  const [numbers, named, audiences, world] = await Promise.all([
    getNumbers(ctx),
    nameAccounts(ctx.db, [accountId]),
    listAudiencesOf(ctx.db, accountId),
    loadWorld(ctx),
  ]);
  const { kind } = named(accountId);
  const typical = numbers?.typical[kind];
  if (numbers === null || typical === undefined) return null;
  const { currency } = numbers;
  const kept = audiences.length === 0 ? null : await findSegmentNumbers(ctx.db, currency);
  const known = audiences.flatMap(({ segmentId }) => {
    const segment = world.kept.segments.get(segmentId);
    const own = kept?.numbers.segments[segmentId]?.typical;
    if (segment === undefined || own === undefined || !mayKnow(ctx.actor, segment.group, world)) return [];
    return [{ id: segmentId, name: segment.name, typical: own }];
  });
  const like = likest(known);
  if (like === null) {
    return { kind, segment: null, typical, cannotTell: typical.accounts < TYPICAL_MIN, currency };
  }
  const { id, name } = like;
  return { kind, segment: { id, name }, typical: like.typical, cannotTell: false, currency };
}

/**
 * Of some segments the one whose typical account stands for one that is in all of them: that of the fewest accounts, the first
 * by id of equal ones. Those in which fewer than {@link TYPICAL_MIN} bought in the year, or ever on two days, tell too little.
 */
export function likest<Segment extends { id: string; typical: TypicalAccount }>(
  segments: readonly Segment[],
): Segment | null {
  const telling = segments.filter(
    ({ typical }) => typical.accounts >= TYPICAL_MIN && typical.returning >= TYPICAL_MIN,
  );
  const sorted = telling.toSorted(
    (a, b) => a.typical.accounts - b.typical.accounts || (a.id < b.id ? -1 : 1),
  );
  return sorted[0] ?? null;
}
