import type { Store } from '../../db/store.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { type Business, getBusiness } from '../programme/business.ts';
import {
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
  orders: Awaited<ReturnType<typeof listFriendOrders>>;
  /** What stands, by root account. */
  paid: Map<string, bigint>;
  facts: ReferralFacts;
  business: Business;
}

/** One round trip; the place in the friend's history is read before the orders. @throws {AppError} `not_found` */
export async function loadReferral(
  ctx: Pick<Context, 'cache'>,
  db: Store,
  id: string,
): Promise<LoadedReferral> {
  const [row, steps, orders, standing, business] = await Promise.all([
    findReferral(db, { id }),
    listSteps(db, { id }),
    listFriendOrders(db, { id }),
    listStandingBonuses(db, { id }),
    getBusiness({ cache: ctx.cache, db }),
  ]);
  if (row === null) throw new AppError('not_found', 'There is no such referral.');
  const facts: ReferralFacts = {
    terms: { toldAt: row.toldAt, minimum: row.minimumMinor, waitingDays: row.waitingDays },
    timeZone: business.timeZone,
    isClaimed: row.friend.claimedAt !== null,
    orders: orders.map(({ total, discount, ...order }) => ({ ...order, total: total - discount })),
    steps,
  };
  const paid = new Map(standing.map(({ rootId, amountMinor }) => [rootId, amountMinor]));
  return { row, steps, orders, paid, facts, business };
}
