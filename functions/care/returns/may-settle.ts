import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import type { Business } from '../../money/business/business.ts';
import { assertNotOwn } from '../../money/credits/assert-not-own.ts';
import { allowLargeCredit } from '../../money/credits/limits.ts';
import type { Order } from '../../money/orders/order.ts';
import { stateOf } from '../../money/orders/order-state.ts';
import type { LoadedReturn } from './load-return.ts';
import type { ReturnOutcome, ReturnTerms } from './terms.ts';

/**
 * Whether a return may end so: in money always, else in what the customer wished or the business offers; staff settle none of their own.
 * @throws {AppError} `validation_failed` (`outcome`: `not_offered`, `other_currency`), `credit_to_oneself`
 */
export async function assertMaySettle(
  ctx: Context,
  { row, order }: LoadedReturn,
  { outcome, terms, business }: { outcome: ReturnOutcome; terms: ReturnTerms; business: Business },
): Promise<void> {
  const { actor } = ctx;
  if (actor.kind === 'staff') await assertNotOwn(ctx, { staffId: actor.id, accountId: order.rootId });
  if (outcome !== 'refund' && outcome !== row.wish && !terms.outcomes.includes(outcome))
    throw wrongField('outcome', 'not_offered', 'is neither what was wished for nor what the business offers');
  if (outcome === 'credit' && business.currency !== row.currency)
    throw wrongField('outcome', 'other_currency', 'has to be money or an exchange');
}

/** What a cancelled order cost went back with that. @throws {AppError} `return_not_movable` */
export function assertStands(order: Order): void {
  if (stateOf(order).isCancelled)
    throw new AppError('return_not_movable', 'The order was cancelled: there is nothing left to give back.');
}

/** What becomes credit is given like any: by who may, and proven again where it is much. @throws {AppError} `forbidden`, `scope_missing`, `proof_needed` */
export function allowCredit(ctx: Context, business: Business, creditMinor: bigint): void {
  if (creditMinor === 0n) return;
  allow(ctx.actor, 'redemptions:write');
  if (ctx.actor.kind === 'staff') allowLargeCredit(ctx, business, creditMinor);
}
