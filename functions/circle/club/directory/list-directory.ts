import { customerIdOf } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { choosePlace, listOwnPlaces } from '../../../money/accounts/own-places.ts';
import { isMemberNow } from '../standing.ts';
import { findChoice, listShown } from './queries.ts';

export interface Directory {
  /** What the reader last said of themselves. */
  own: { isShown: boolean; name: string; company: string | null; interests: string | null } | null;
  /** Empty for who does not show themselves. `address` once both have given theirs. */
  members: {
    customerId: string;
    name: string;
    company: string | null;
    interests: string | null;
    address: string | null;
  }[];
}

/** The members' directory: who shows themselves sees who does. Null for who is not in the club. @throws {AppError} `not_found` */
export async function listDirectory(
  ctx: Context,
  { accountId }: { accountId: string | null },
): Promise<Directory | null> {
  const customerId = customerIdOf(ctx);
  const place = await choosePlace(ctx, await listOwnPlaces(ctx), accountId);
  const [isMember, [own], shown] = await Promise.all([
    isMemberNow(ctx.db, { accountId: place.rootId, now: ctx.now() }),
    findChoice(ctx.db, { customerId }),
    listShown(ctx.db, { customerId }),
  ]);
  if (!isMember) return null;
  const isShown = shown.some((one) => one.customerId === customerId);
  return { own: own ?? null, members: isShown ? shown.filter((one) => one.customerId !== customerId) : [] };
}
