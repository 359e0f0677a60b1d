import type { Statement } from '../../../../db/store.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { assertFresh, decideOnAccount } from '../../accounts/change-account.ts';
import { type Business, getBusiness } from '../../business/business.ts';
import type { OrderAnswer } from '../answer.ts';
import { buildSaleAnswer } from '../build-answer.ts';
import { listOwnersByKey } from '../list-order-people.ts';
import { orderKey } from '../load-orders.ts';
import type { OrderDraft } from '../order.ts';
import { sentence } from '../refusals.ts';
import { listSalesByKey } from './find-sales.ts';
import { keepSale } from './keep-sale.ts';
import { planSale } from './plan-sale.ts';
import type { WaitingSale } from './sale.ts';

/** What became of a draft that names nobody: kept as a sale, or it is an order of somebody and has to be told to it. */
export type RecordedSale =
  | { kind: 'sale'; outcome: 'created' | 'completed' | 'unchanged'; order: OrderAnswer }
  | { kind: 'of_somebody'; draft: OrderDraft };

/** @throws {AppError} `order_contradicts`, `refund_exceeds_line`, `unavailable` */
export function recordSale(
  ctx: Context,
  draft: OrderDraft,
  options: Alongside<OrderAnswer>,
): Promise<RecordedSale> {
  return decideOnAccount(ctx, saleKey(draft), (seen) => decide(seen, draft, options));
}

/** What changes of a waiting sale stand in line by. */
const saleKey = (order: { source: string; number: string }) => `sale:${orderKey(order)}`;

async function decide(
  ctx: Context,
  draft: OrderDraft,
  options: Alongside<OrderAnswer>,
): Promise<RecordedSale> {
  const db = ctx.db.fresh;
  const keys = JSON.stringify([[draft.source, draft.number]]);
  const [business, [sale], [owner]] = await Promise.all([
    getBusiness({ ...ctx, db }),
    listSalesByKey(db, { keys }),
    listOwnersByKey(db, { keys }),
  ]);
  if (owner !== undefined) {
    const account = draft.account ?? owner.account;
    const department = draft.department ?? owner.department;
    const buyer = { kind: 'customer', id: owner.customerId } as const;
    return { kind: 'of_somebody', draft: { ...draft, buyer, account, department } };
  }
  const terms = { now: ctx.now(), importId: null, actor: actorName(ctx.actor) };
  const planned = planSale(draft, sale, terms);
  if (planned.kind === 'rejected') throw new AppError(planned.code, sentence(planned.message));
  const order = buildSaleAnswer(planned.sale, business);
  const status = planned.kind === 'created' ? 201 : 200;
  const writes = [
    ...(planned.kind === 'unchanged' ? [] : [keepSale(planned.sale)]),
    ...(options.alongside?.(order, status) ?? []),
  ];
  if (planned.kind === 'unchanged') assertFresh(ctx.db);
  if (writes.length > 0) await ctx.db.write(writes);
  return { kind: 'sale', outcome: planned.kind, order };
}

/** Writes a sale with what was added to it; `find` says what, or null when it is there already. */
export function changeSale(
  ctx: Context,
  key: { source: string; number: string },
  change: {
    find: (sale: WaitingSale) => WaitingSale | null;
    alongside: (answer: OrderAnswer, status: number) => Statement[];
  },
): Promise<{ outcome: 'created' | 'unchanged'; order: OrderAnswer } | null> {
  return decideOnAccount(ctx, saleKey(key), async (seen) => {
    const found = await findSale(seen, key);
    if (found === null) return null;
    const changed = change.find(found.sale);
    const order = buildSaleAnswer(changed ?? found.sale, found.business);
    if (changed === null) assertFresh(seen.db);
    const kept = change.alongside(order, changed === null ? 200 : 201);
    const writes =
      changed === null ? kept : [keepSale({ ...changed, version: found.sale.version + 1 }), ...kept];
    if (writes.length > 0) await seen.db.write(writes);
    return { outcome: changed === null ? 'unchanged' : 'created', order };
  });
}

export async function findSale(
  ctx: Context,
  key: { source: string; number: string },
): Promise<{ sale: WaitingSale; business: Business } | null> {
  const keys = JSON.stringify([[key.source, key.number]]);
  const [business, [sale]] = await Promise.all([getBusiness(ctx), listSalesByKey(ctx.db, { keys })]);
  return sale === undefined ? null : { sale, business };
}
