import type { Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import type { AccountUnit } from '../accounts/commit-accounts.ts';
import type { Root } from '../accounts/root.ts';
import type { Business } from '../business/business.ts';
import type { AnswerParts } from './build-answer.ts';
import { loadOrderContext, type OrderContext } from './load-order-context.ts';
import { orderKey } from './load-orders.ts';
import { loadReturningCustomer } from './load-returning-customer.ts';
import type { OrderDraft } from './order.ts';
import { findBuyer } from './people.ts';
import { type DraftOutcome, type DraftsPlan, planDrafts } from './plan-drafts.ts';
import { recountIfStale } from './recount.ts';
import { sentence } from './refusals.ts';

/** What pays a part of a new order in the same write. */
export interface OrderPayment {
  /** Minor units of the order's currency. */
  paidMinor: bigint;
  /** Says what is taken of the account, by the account as it is now. @throws {AppError} what speaks against it */
  prepare: (
    ctx: Context,
    seen: { root: Root; business: Business; customerId: string },
  ) => Promise<NonNullable<AccountUnit['spend']>>;
}

/** One draft with all that is kept about it, and what it comes to. */
export interface PlannedOrder {
  draft: OrderDraft;
  known: OrderContext;
  plan: DraftsPlan;
  outcome: Exclude<DraftOutcome, { kind: 'rejected' }>;
  parts: AnswerParts;
  /** What pays a part of it; null for what was there before. */
  spend: AccountUnit['spend'] | null;
}

/**
 * Reads what a draft of somebody's order meets and decides what becomes of it. A payment is of a new order alone.
 * @throws {AppError} what the draft is refused for, whatever the payment throws, `unavailable`
 */
export async function planOrder(
  ctx: Context,
  draft: OrderDraft,
  payment: OrderPayment | null,
): Promise<PlannedOrder> {
  const found =
    (await loadReturningCustomer(ctx, draft)) ?? (await loadOrderContext(ctx, [draft], { answered: draft }));
  if (await recountIfStale(ctx, found.business, [...found.accounts.values()]))
    return planOrder(ctx, draft, payment);
  const isNew = !found.orders.has(orderKey(draft));
  const known =
    payment !== null && isNew
      ? { ...found, voucherPaid: new Map([[orderKey(draft), payment.paidMinor]]) }
      : found;
  const plan = planDrafts([draft], known, { now: ctx.now(), importId: null });
  const outcome = plan.outcomes[0];
  assert(outcome !== undefined, 'every draft has an outcome');
  if (outcome.kind === 'rejected') throw new AppError(outcome.code, sentence(outcome.message));
  if (payment !== null && outcome.kind === 'completed')
    throw new AppError('order_contradicts', 'The order is there already, and was not paid by this.');
  const parts = answerParts({ draft, known, plan, outcome });
  const { customerId } = outcome.order;
  const seen = { root: plan.account.root, business: known.business, customerId };
  const spend = payment !== null && outcome.kind === 'created' ? await payment.prepare(ctx, seen) : null;
  return { draft, known, plan, outcome, parts, spend };
}

function answerParts(decided: Omit<PlannedOrder, 'parts' | 'spend'>): AnswerParts {
  const { draft, known, plan, outcome } = decided;
  const kept = findBuyer(known, draft);
  const { buyer } = draft;
  const email = kept?.email ?? (buyer.kind === 'email' ? buyer.email : null);
  return {
    order: outcome.order,
    state: outcome.state,
    customer: {
      email,
      key: email === null && buyer.kind === 'key' ? buyer.key : null,
      name: kept?.customerName ?? draft.customerName,
    },
    account: draft.account,
    department: draft.department,
    root: plan.account.root,
    totals: plan.account.totals,
    own: known.counted.get(outcome.order.id) ?? [],
    later: known.later,
    voucherPaid: known.voucherPaid.get(orderKey(draft)) ?? 0n,
  };
}
