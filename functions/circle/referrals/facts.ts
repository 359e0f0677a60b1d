import type { Store } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import {
  type FriendOrderRow,
  findReferral,
  listFriendOrders,
  listStandingBonuses,
  listSteps,
  type ReferralRow,
  type StepRow,
} from './queries.ts';
import type { ReferralFacts } from './state.ts';

/** A referral with everything that decides how it stands, and what was paid for it. */
export interface LoadedReferral {
  row: ReferralRow;
  steps: StepRow[];
  orders: FriendOrderRow[];
  /** What stands, by root account. */
  paid: Map<string, bigint>;
  facts: ReferralFacts;
  business: Business;
}

/** One round trip; the place in the friend's history is read before the orders. @throws {AppError} `not_found` */
export async function loadReferral(
  ctx: Pick<Context, 'cache' | 'defaults'>,
  db: Store,
  id: string,
): Promise<LoadedReferral> {
  const ids = JSON.stringify([id]);
  const [[row], steps, orders, standing, business] = await Promise.all([
    findReferral(db, { id }),
    listSteps(db, { ids }),
    listFriendOrders(db, { ids }),
    listStandingBonuses(db, { ids }),
    getBusiness({ ...ctx, db }),
  ]);
  if (row === undefined) throw new AppError('not_found', 'There is no such referral.');
  const facts = factsOf(row, { steps, orders, timeZone: business.timeZone });
  const paid = new Map(standing.map(({ rootId, amountMinor }) => [rootId, amountMinor]));
  return { row, steps, orders, paid, facts, business };
}

/** What decides how a referral stands, from its rows. */
export function factsOf(
  row: ReferralRow,
  parts: { steps: readonly StepRow[]; orders: readonly FriendOrderRow[]; timeZone: string },
): ReferralFacts {
  return {
    terms: { toldAt: row.toldAt, minimum: row.minimumMinor, waitingDays: row.waitingDays },
    timeZone: parts.timeZone,
    isClaimed: row.friend.claimedAt !== null,
    orders: parts.orders.map(({ total, discount, ...order }) => ({ ...order, total: total - discount })),
    steps: parts.steps,
  };
}
