import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { getStanding, type ServedStanding } from '../../../insight/value/get-standing.ts';
import { findWaived, type Waived } from '../../../money/redemptions/waivers.ts';
import { noteLook } from '../../../people/looks/note-look.ts';
import { getOverviewForStaff } from '../../portal/get-overview.ts';
import type { Overview } from '../../portal/overview-types.ts';
import { findBuyerOf } from '../orders/queries.ts';
import type { TillPerson } from './find-at-till.ts';

export interface TillCustomer {
  person: TillPerson;
  /** Of the account that buys. */
  overview: Overview;
  /** What the account is worth, at a glance; null while the business has no currency. */
  standing: ServedStanding | null;
  /** That the account need not reach a minimum now; null where it has to. */
  waived: Waived | null;
}

/**
 * Who buys, with what they have to spend; of the account named, or of the first that ever bought something.
 * @throws {AppError} `not_found`, `unauthenticated`, `forbidden`
 */
export async function getTillCustomer(
  ctx: Context,
  asked: { customerId: string; accountId: string | null },
): Promise<TillCustomer> {
  allow(ctx.actor, 'orders:write');
  const [person, overview] = await Promise.all([
    findBuyerOf(ctx.db, { customerId: asked.customerId }),
    getOverviewForStaff(ctx, asked),
  ]);
  if (person === null) throw new AppError('not_found', 'There is no such customer.');
  noteLook(ctx, { customerId: person.id, what: 'till' });
  const accountId = overview.account.id;
  const [standing, waived] = await Promise.all([
    getStanding(ctx, { accountId }),
    findWaived(ctx, [accountId]),
  ]);
  return { person, overview, standing, waived: waived.get(accountId) ?? null };
}
