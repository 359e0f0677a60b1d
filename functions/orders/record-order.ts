import type { Statement } from '../../db/store.ts';
import { assertFresh, decideOnAccount } from '../accounts/change-account.ts';
import { commitAccounts } from '../accounts/commit-accounts.ts';
import type { AccountPlan } from '../accounts/plan-change.ts';
import { recountIfStale } from '../accounts/recount.ts';
import { allow } from '../platform/allow.ts';
import type { Alongside } from '../platform/alongside.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError, assert } from '../platform/errors.ts';
import type { OrderAnswer } from './answer.ts';
import { type AnswerParts, buildOrderAnswer } from './build-answer.ts';
import { type Known, loadKnown } from './known.ts';
import { orderKey } from './load-orders.ts';
import { tellPlaced, tellRewards } from './notices.ts';
import type { OrderDraft } from './order.ts';
import { type DraftOutcome, type DraftsPlan, planDrafts } from './plan-drafts.ts';
import { loadRegular } from './regular.ts';
import type { RecordOrderInput } from './schema.ts';

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
  const draft = draftOf(input);
  const key = draft.account === null ? `customer:${draft.email}` : `account:${draft.account}`;
  const recorded = await decideOnAccount(ctx, key, (seen) => decide(seen, draft, options));
  if (recorded.outcome === 'created') ctx.wakeMail('soon');
  return recorded;
}

/** An API order as a draft: its status is an event at `placedAt`, told by the order's own source. */
export function draftOf(input: RecordOrderInput): OrderDraft {
  const placedAt = { at: input.placedAt, day: null };
  return {
    source: input.source,
    number: input.number,
    placedAt,
    currency: input.currency,
    email: input.customer.email,
    customerName: input.customer.name,
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
    refunds: [],
    leftByLine: null,
  };
}

async function decide(
  ctx: Context,
  draft: OrderDraft,
  options: Alongside<OrderAnswer>,
): Promise<RecordedOrder> {
  const known = (await loadRegular(ctx, draft)) ?? (await loadKnown(ctx, [draft], { answered: draft }));
  if (await recountIfStale(ctx, known.business, [...known.accounts.values()]))
    return decide(ctx, draft, options);
  const now = ctx.now();
  const plan = planDrafts([draft], known, { now, importId: null });
  const outcome = plan.outcomes[0];
  assert(outcome !== undefined, 'every draft has an outcome');
  if (outcome.kind === 'rejected') throw new AppError(outcome.code, sentence(outcome.message));
  const parts = answerParts({ draft, known, plan, outcome });
  if (outcome.kind === 'unchanged') {
    assertFresh(ctx.db);
    const order = buildOrderAnswer(parts, known.business, now);
    const kept = options.alongside?.(order, 200) ?? [];
    if (kept.length > 0) await ctx.db.write(kept);
    return { outcome: 'unchanged', order };
  }
  return write(ctx, { known, plan, outcome, parts }, options);
}

async function write(
  ctx: Context,
  decided: {
    known: Known;
    plan: DraftsPlan;
    outcome: Exclude<DraftOutcome, { kind: 'rejected' }>;
    parts: AnswerParts;
  },
  options: Alongside<OrderAnswer>,
): Promise<RecordedOrder> {
  const { known, plan, outcome, parts } = decided;
  const { business } = known;
  const now = ctx.now();
  let order: OrderAnswer | null = null;
  const ridingAlong = (account: AccountPlan, rows: AnswerParts['own']): Statement[] => {
    order = buildOrderAnswer(
      { ...parts, totals: account.totals, own: rows, root: account.root },
      business,
      now,
    );
    const isClaimed = (known.customers.get(decided.parts.customer.email)?.claimedAt ?? null) !== null;
    const { customerId } = outcome.order;
    return [
      ...(outcome.kind === 'created'
        ? tellPlaced(outcome.order, outcome.state, { customerId, isClaimed }, now)
        : []),
      ...tellRewards(account, business, () => customerId, now),
      ...(options.alongside?.(order, outcome.kind === 'created' ? 201 : 200) ?? []),
    ];
  };
  const hasDueLots = known.dueLots.has(plan.account.root.id);
  const last = (account: AccountPlan, settlement: { rows: AnswerParts['own'][] }) =>
    ridingAlong(account, settlement.rows[0] ?? []);
  const unit = { draft: plan.account, first: plan.statements, hasDueLots, last };
  const [committed] = await commitAccounts(ctx, [unit], { business, now, actor: actorName(ctx.actor) });
  if (committed?.outcome.ok === false) throw committed.outcome.error;
  assert(order !== null && outcome.kind !== 'unchanged', 'a written order was answered');
  if (plan.account.isStale)
    await recountIfStale(ctx, business, [{ ...plan.account.root, settledRevision: -1 }]);
  return { outcome: outcome.kind, order };
}

function answerParts(decided: {
  draft: OrderDraft;
  known: Known;
  plan: DraftsPlan;
  outcome: Exclude<DraftOutcome, { kind: 'rejected' }>;
}): AnswerParts {
  const { draft, known, plan, outcome } = decided;
  const kept = known.customers.get(draft.email);
  return {
    order: outcome.order,
    state: outcome.state,
    customer: { email: kept?.email ?? draft.email, name: kept?.customerName ?? draft.customerName },
    account: draft.account,
    department: draft.department,
    root: plan.account.root,
    totals: plan.account.totals,
    own: known.counted.get(outcome.order.id) ?? [],
    later: known.later,
    voucherPaid: known.voucherPaid.get(orderKey(draft)) ?? 0n,
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
