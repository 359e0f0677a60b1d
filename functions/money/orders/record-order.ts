import type { Decision } from '../../ground/decision/decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { assertFresh, decideOnAccount } from '../accounts/change-account.ts';
import { commitAccounts } from '../accounts/commit-accounts.ts';
import type { AccountPlan } from '../accounts/plan-change.ts';
import type { OrderAnswer } from './answer.ts';
import { type AnswerParts, buildOrderAnswer } from './build-answer.ts';
import { redirectMoved } from './find-moved.ts';
import { tellPlaced, tellRewards } from './notices.ts';
import { type Buyer, buyerId, type OrderDraft } from './order.ts';
import { findBuyer } from './people.ts';
import { type OrderPayment, type PlannedOrder, planOrder } from './plan-order.ts';
import { toldPromise } from './promised-days.ts';
import { recountIfStale } from './recount.ts';
import { mayBeMoved } from './refusals.ts';
import type { RecordOrderInput } from './schema.ts';
import { recordSale } from './waiting/record-sale.ts';

/**
 * `whenGiven` rides along when a sale that waited becomes the order, and then only; a `payment` goes with a new order of
 * somebody.
 */
interface DraftOptions extends Alongside<OrderAnswer> {
  whenGiven?: (answer: OrderAnswer) => Decision;
  payment?: OrderPayment | null;
}

export interface RecordedOrder {
  outcome: 'created' | 'completed' | 'unchanged';
  order: OrderAnswer;
}

/**
 * Records an order, or completes the one that is kept under its `(source, number)`, in one atomic write together
 * with its rewards, history and mail (DOMAIN §4, POST /orders).
 * @throws {AppError} `order_contradicts`, `order_of_another_account`, `unavailable`
 */
export async function recordOrder(
  ctx: Context,
  input: RecordOrderInput,
  options: Alongside<OrderAnswer> = {},
): Promise<RecordedOrder> {
  allow(ctx.actor, 'orders:write');
  return recordDraft(ctx, draftOf(input), options);
}

/**
 * The same for an order as anybody tells it: a source, a file's row, or who says whose a waiting sale is.
 * @throws {AppError} as {@link recordOrder}, `not_found` when a customer we have is named for an order we do not have
 */
export async function recordDraft(
  ctx: Context,
  draft: OrderDraft,
  options: DraftOptions = {},
): Promise<RecordedOrder> {
  if (draft.buyer.kind === 'nobody') {
    const recorded = await recordSale(ctx, draft, options);
    return recorded.kind === 'sale' ? recorded : recordDraft(ctx, recorded.draft, options);
  }
  const key = draft.account === null ? `customer:${buyerId(draft)}` : `account:${draft.account}`;
  try {
    const recorded = await decideOnAccount(ctx, key, (seen) => decide(seen, draft, options));
    if (recorded.outcome === 'created') ctx.wakeMail('soon');
    return recorded;
  } catch (error) {
    const moved =
      error instanceof AppError && mayBeMoved(error.code) ? await redirectMoved(ctx.db.fresh, draft) : null;
    if (moved === null) throw error;
    return recordDraft(ctx, moved, options);
  }
}

/** An API order as a draft: its status is an event at `placedAt`, told by the order's own source. */
export function draftOf(input: RecordOrderInput): OrderDraft {
  const placedAt = { at: input.placedAt, day: null };
  return {
    source: input.source,
    number: input.number,
    placedAt,
    currency: input.currency,
    buyer: buyerOf(input.customer),
    customerName: input.customer?.name ?? null,
    account: input.account,
    department: input.department,
    lines: input.lines.map(({ id, total, discount, giftCard, ...line }) => ({
      ...line,
      lineId: id,
      totalMinor: total,
      discountMinor: discount,
      isGiftCard: giftCard,
    })),
    shippingMinor: input.shipping,
    taxMinor: input.tax,
    taxIncludedMinor: input.taxIncluded,
    promisedBy: input.promisedBy,
    events: [
      {
        source: input.source,
        eventId: `status:${input.status}`,
        status: input.status,
        at: placedAt,
        note: null,
        carrier: null,
        trackingNumber: null,
        trackingUrl: null,
        parcel: null,
      },
    ],
    refundedByLine: null,
    isRefundShared: false,
    cancelledGoods: [],
    refunds: [],
    leftByLine: null,
  };
}

/** A customer is named by an email, by what the source calls them, by both, or not at all. */
export function buyerOf(customer: RecordOrderInput['customer']): Buyer {
  const { email = null, key = null } = customer ?? {};
  if (email !== null) return { kind: 'email', email, key };
  return key === null ? { kind: 'nobody' } : { kind: 'key', key };
}

async function decide(ctx: Context, draft: OrderDraft, options: DraftOptions): Promise<RecordedOrder> {
  const planned = await planOrder(ctx, draft, options.payment ?? null);
  const { outcome, parts, known } = planned;
  if (outcome.kind === 'unchanged') {
    assertFresh(ctx.db);
    const order = buildOrderAnswer(parts, known.business, ctx.now());
    const kept = options.alongside?.(order, 200) ?? [];
    if (kept.length > 0) await ctx.db.write(kept);
    return { outcome: 'unchanged', order };
  }
  return write(ctx, planned, options);
}

async function write(
  ctx: Context,
  { draft, known, plan, outcome, parts, spend }: PlannedOrder,
  options: DraftOptions,
): Promise<RecordedOrder> {
  const { business } = known;
  const now = ctx.now();
  let order: OrderAnswer | null = null;
  const ridingAlong = (account: AccountPlan, rows: AnswerParts['own']): Decision => {
    order = buildOrderAnswer(
      { ...parts, totals: account.totals, own: rows, root: account.root },
      business,
      now,
    );
    const isClaimed = (findBuyer(known, draft)?.claimedAt ?? null) !== null;
    const { customerId } = outcome.order;
    const toldOrder = { ...outcome.order, promisedBy: toldPromise(outcome.order, business) };
    return {
      letters: [
        ...(outcome.kind === 'created'
          ? tellPlaced(ctx, toldOrder, outcome.state, { customerId, isClaimed })
          : []),
        ...tellRewards(ctx, account, business, () => customerId),
      ],
      also: outcome.isGiven === true ? [options.whenGiven?.(order) ?? {}] : [],
      beside: options.alongside?.(order, outcome.kind === 'created' ? 201 : 200) ?? [],
    };
  };
  const hasDueLots = known.dueLots.has(plan.account.root.id);
  const last = (account: AccountPlan, settlement: { rows: AnswerParts['own'][] }) =>
    ridingAlong(account, settlement.rows[0] ?? parts.own);
  const spending = spend === null ? {} : { spend };
  const unit = { draft: plan.account, first: plan.statements, hasDueLots, last, ...spending };
  const [committed] = await commitAccounts(ctx, [unit], { business, now, actor: actorName(ctx.actor) });
  if (committed?.outcome.ok === false) throw committed.outcome.error;
  assert(order !== null && outcome.kind !== 'unchanged', 'a written order was answered');
  if (plan.account.isStale)
    await recountIfStale(ctx, business, [{ ...plan.account.root, settledRevision: -1 }]);
  return { outcome: outcome.kind, order };
}
