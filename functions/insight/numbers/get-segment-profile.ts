import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getBusiness } from '../../money/business/business.ts';
import { mayReadMargins } from '../margins/may-read-margins.ts';
import { loadWorld } from '../segments/load-world.ts';
import { allowMembers } from '../segments/may-ask.ts';
import { findSegmentNumbers, type KeptProfile } from './kept-segments.ts';

/** How a typical account of a segment buys and what it is worth, beside the same of all accounts that have bought. */
export interface SegmentProfile {
  id: string;
  name: string | null;
  /** Null where nobody in it had bought anything when it was counted. */
  own: KeptProfile | null;
  whole: KeptProfile;
  /** The first and the last of the 365 business days, and when it was counted. */
  since: string;
  until: string;
  at: number;
  currency: string;
}

/**
 * Null before it was first counted.
 * @throws {AppError} `not_found`, `forbidden` also where the segment asks what is kept from the actor
 */
export async function getSegmentProfile(
  ctx: Context,
  { id }: { id: string },
): Promise<SegmentProfile | null> {
  allow(ctx.actor, 'segments:read');
  allow(ctx.actor, 'customers:read');
  const world = await loadWorld(ctx);
  const segment = world.kept.segments.get(id);
  if (segment === undefined) throw new AppError('not_found', 'There is no such segment.');
  allowMembers(ctx.actor, segment.group, world);
  const { currency } = await getBusiness(ctx);
  const kept = currency === null ? null : await findSegmentNumbers(ctx.db, currency);
  if (kept === null || currency === null) return null;
  const { whole, segments, since, today: until } = kept.numbers;
  const own = segments[id] ?? null;
  const isShown = mayReadMargins(ctx.actor);
  const shown = (profile: KeptProfile) => (isShown ? profile : { ...profile, margin: null });
  return {
    ...{ id, name: segment.name, own: own && shown(own), whole: shown(whole) },
    ...{ since, until, at: kept.at, currency },
  };
}
