import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { Amount } from '../../ground/platform/money.ts';
import { commitAccounts } from '../accounts/commit-accounts.ts';
import type { Entry } from '../rewards/lots.ts';
import { loadParts } from './change-order.ts';
import type { Order } from './order.ts';
import type { OrderAddition } from './order-addition.ts';
import { planAddition } from './plan-addition.ts';

/** What a change would post, and where the account would stand then. */
export interface ChangePreview {
  entries: { kind: Entry['kind']; amount: Amount }[];
  available: { before: Amount; after: Amount };
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
  if (addition === null) return { entries: [], available: { before, after: before } };
  const now = ctx.now();
  const actor = actorName(ctx.actor);
  const { draft } = planAddition(loaded, addition, { now, actor });
  const terms = { business, now, actor };
  const [planned] = await commitAccounts(ctx, [{ draft, first: [], hasDueLots }], terms, { isDryRun: true });
  return {
    entries: (planned?.plan.entries ?? []).map(({ kind, amount }) => ({ kind, amount: money(amount) })),
    available: { before, after: money(planned?.plan.root.balanceMinor ?? root.balanceMinor) },
  };
}
