import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { commitAccounts } from '../accounts/commit-accounts.ts';
import type { Root, RuleTotal } from '../accounts/root.ts';
import type { Business } from '../business/business.ts';
import type { OrderAnswer } from './answer.ts';
import { buildOrderAnswer } from './build-answer.ts';
import type { OrderDraft } from './order.ts';
import { findBuyer } from './people.ts';
import { type OrderPayment, planOrder } from './plan-order.ts';

/** What an order would come to, and where its account would stand then. */
export interface OrderPreview {
  order: OrderAnswer;
  /** Null for somebody who would be new. */
  customerId: string | null;
  before: Root;
  after: Root;
  totals: ReadonlyMap<string, RuleTotal>;
  /** What vouchers that the order's rules pay at once are worth, minor units of the programme's currency. */
  vouchersMinor: bigint;
  business: Business;
}

/**
 * What would be answered if a new order of somebody were recorded now; nothing is written.
 * @throws {AppError} as `recordOrder`, `order_contradicts` for an order that is there already
 */
export async function previewOrder(
  ctx: Context,
  draft: OrderDraft,
  payment: OrderPayment | null = null,
): Promise<OrderPreview> {
  allow(ctx.actor, 'orders:write');
  const { known, plan, outcome, parts, spend } = await planOrder(ctx, draft, payment);
  if (outcome.kind !== 'created')
    throw new AppError('order_contradicts', 'The order is there already; nothing would be recorded.');
  const { business } = known;
  const now = ctx.now();
  const { root: before } = plan.account;
  const hasDueLots = known.dueLots.has(before.id);
  const unit = { draft: plan.account, first: [], hasDueLots, ...(spend === null ? {} : { spend }) };
  const terms = { business, now, actor: actorName(ctx.actor) };
  const [planned] = await commitAccounts(ctx, [unit], terms, { isDryRun: true });
  assert(planned !== undefined, 'every unit is planned');
  const { root: after, totals, issued } = planned.plan;
  const own = planned.settlement.rows[0] ?? parts.own;
  return {
    order: buildOrderAnswer({ ...parts, totals, own, root: after }, business, now),
    customerId: findBuyer(known, draft)?.customerId ?? null,
    before,
    after,
    totals,
    vouchersMinor: issued.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    business,
  };
}
