import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { Amount } from '../../ground/platform/money.ts';
import { commitAccounts } from '../accounts/commit-accounts.ts';
import type { Entry } from '../rewards/lots.ts';
import { loadParts } from './change-order.ts';
import { tellEvents } from './notices.ts';
import type { Order } from './order.ts';
import type { OrderAddition } from './order-addition.ts';
import { planAddition } from './plan-addition.ts';
import type { OrderStatus } from './statuses.ts';

/** What a change would post, and where the order and the account would stand then. */
export interface ChangePreview {
  entries: { kind: Entry['kind']; amount: Amount }[];
  available: { before: Amount; after: Amount };
  status: { before: OrderStatus; after: OrderStatus };
  /** Whether an email about the state goes to the customer, unless they want none. */
  isMailed: boolean;
}

/** What anything added to an order would post; nothing is written. @throws {AppError} `not_found`, what `find` throws */
export async function previewChange(
  ctx: Context,
  key: { source: string; number: string },
  find: (order: Order) => OrderAddition | null,
): Promise<ChangePreview> {
  allow(ctx.actor, 'orders:write');
  const loaded = await loadParts({ ...ctx, db: ctx.db.fresh }, key);
  if (loaded === null) throw new AppError('not_found', 'There is no such order.');
  const { parts, business, root, hasDueLots } = loaded;
  const money = (minor: bigint) => ({ minor, currency: business.currency ?? parts.order.currency });
  const before = money(root.balanceMinor);
  const addition = find(parts.order);
  const { status } = parts.state;
  if (addition === null)
    return {
      entries: [],
      available: { before, after: before },
      status: { before: status, after: status },
      isMailed: false,
    };
  const now = ctx.now();
  const actor = actorName(ctx.actor);
  const { draft, order, events, state } = planAddition(loaded, addition, { now, actor });
  const reader = { customerId: order.customerId, isClaimed: loaded.isClaimed };
  const terms = { business, now, actor };
  const [planned] = await commitAccounts(ctx, [{ draft, first: [], hasDueLots }], terms, { isDryRun: true });
  return {
    entries: (planned?.plan.entries ?? []).map(({ kind, amount }) => ({ kind, amount: money(amount) })),
    available: { before, after: money(planned?.plan.root.balanceMinor ?? root.balanceMinor) },
    status: { before: status, after: state.status },
    isMailed: tellEvents(ctx, order, events, reader).length > 0,
  };
}
