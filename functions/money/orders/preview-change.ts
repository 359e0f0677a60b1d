import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { Amount } from '../../ground/platform/money.ts';
import { commitAccounts } from '../accounts/commit-accounts.ts';
import type { Business } from '../business/business.ts';
import { versionKey } from '../rewards/compile.ts';
import type { Entry } from '../rewards/lots.ts';
import type { RuleName } from '../rewards/rule-name.ts';
import { type AnswerParts, buildOrderAnswer } from './build-answer.ts';
import { type BesideChange, loadParts, spending } from './change-order.ts';
import { tellEvents } from './notices.ts';
import type { FindAddition } from './order-addition.ts';
import { planAddition } from './plan-addition.ts';
import type { OrderStatus } from './statuses.ts';

/** What a change would post, and where the order and the account would stand then. */
export interface ChangePreview {
  /** They add up to what becomes of the balance; `rule` is what the rule is called that posts one. */
  entries: { kind: Entry['kind']; amount: Amount; rule: RuleName | null }[];
  available: { before: Amount; after: Amount };
  /** What the order has earned that waits to become spendable. */
  pending: { before: Amount; after: Amount };
  status: { before: OrderStatus; after: OrderStatus };
  /** Whether an email about the state goes to the customer, unless they want none. */
  isMailed: boolean;
}

/** What anything added to an order would post; nothing is written. @throws {AppError} `not_found`, what `find` throws */
export function previewChange(
  ctx: Context,
  key: { source: string; number: string },
  find: FindAddition,
): Promise<ChangePreview> {
  allow(ctx.actor, 'orders:write');
  return rehearseChange(ctx, key, find);
}

/**
 * The same for a room that has seen to who may ask, with what the act books beside.
 * @throws {AppError} `not_found`, what `find` throws
 */
export async function rehearseChange(
  ctx: Context,
  key: { source: string; number: string },
  find: FindAddition,
  beside: Pick<BesideChange, 'books'> = {},
): Promise<ChangePreview> {
  const loaded = await loadParts({ ...ctx, db: ctx.db.fresh }, key);
  if (loaded === null) throw new AppError('not_found', 'There is no such order.');
  const { parts, business, root, hasDueLots } = loaded;
  const money = (minor: bigint) => ({ minor, currency: business.currency ?? parts.order.currency });
  const now = ctx.now();
  const before = money(root.balanceMinor);
  const waiting = pendingOf(parts, business, now);
  const addition = find(parts.order, { byVouchers: parts.voucherPaid });
  const { status } = parts.state;
  if (addition === null)
    return {
      entries: [],
      available: { before, after: before },
      pending: { before: waiting, after: waiting },
      status: { before: status, after: status },
      isMailed: false,
    };
  const actor = actorName(ctx.actor);
  const { draft, order, events, state } = planAddition(loaded, addition, { now, actor });
  const reader = { customerId: order.customerId, isClaimed: loaded.isClaimed };
  const terms = { business, now, actor };
  const unit = { draft, first: [], hasDueLots, ...spending(beside, terms, order) };
  const [planned] = await commitAccounts(ctx, [unit], terms, { isDryRun: true });
  const { plan, settlement } = planned ?? {};
  const own = settlement?.rows[0] ?? [];
  const totals = plan?.totals ?? parts.totals;
  return {
    entries: (plan?.entries ?? []).map(({ kind, amount, ruleId, version }) => ({
      ...{ kind, amount: money(amount) },
      rule: business.compiled?.versionByKey.get(versionKey(ruleId ?? '', version ?? 0))?.rule.name ?? null,
    })),
    available: { before, after: money(plan?.root.balanceMinor ?? root.balanceMinor) },
    pending: {
      before: waiting,
      after: pendingOf({ ...parts, order, state, totals, own }, business, now),
    },
    status: { before: status, after: state.status },
    isMailed: tellEvents(ctx, order, events, reader).length > 0,
  };
}

function pendingOf(parts: AnswerParts, business: Business, now: number): Amount {
  const { pending } = buildOrderAnswer(parts, business, now).rewards;
  return { minor: BigInt(pending.amount), currency: pending.currency };
}
