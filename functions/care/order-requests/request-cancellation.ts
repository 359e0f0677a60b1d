import type { z } from 'zod';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { listOrderPlaces } from '../../money/accounts/own-places.ts';
import { isInPlace, type Place } from '../../money/accounts/places.ts';
import { getBusiness } from '../../money/business/business.ts';
import { loadOrders, orderKey } from '../../money/orders/load-orders.ts';
import type { Order } from '../../money/orders/order.ts';
import { isRefundedWhole, stateOf } from '../../money/orders/order-state.ts';
import { mayActOn } from '../../people/households/may-act-on.ts';
import { findOpenCancellation } from './queries.ts';
import type { OrderRequest } from './request.ts';
import { cancellationInput, type RequestAnswer } from './schema.ts';
import { writeRequest } from './write-request.ts';

/** An order that somebody wants to have cancelled. */
export interface CancellationAsked {
  source: string;
  number: string;
  note: string | null;
  key: string;
}

/**
 * The signed-in customer asks for an order of theirs to be cancelled, or as its manager for one of a company or household, while
 * nothing of it is packed. The order stays as it is until staff answer.
 * @throws {AppError} `not_found` for an order that they do not see, `forbidden` for another member's order,
 *   `validation_failed` (`order`: `packed`, `cancelled`, `asked_already`), `too_many_requests`
 */
export async function requestCancellation(
  ctx: Context,
  input: z.input<typeof cancellationInput>,
): Promise<OrderRequest> {
  const customerId = customerIdOf(ctx);
  const { key, ...asked } = parseInput(cancellationInput, input);
  const places = await listOrderPlaces(ctx);
  return askToCancel(ctx, { customerId, places }, { ...asked, key: `customer:${customerId}:${key}` });
}

/** The same for whoever speaks for a customer. @throws {AppError} as {@link requestCancellation} */
export async function askToCancel(
  ctx: Context,
  { customerId, places }: { customerId: string; places: readonly Place[] },
  { source, number, note, key }: CancellationAsked,
  options: Alongside<RequestAnswer> = {},
): Promise<OrderRequest> {
  const business = await getBusiness(ctx);
  const order = await findOrder(ctx, { source, number });
  const place = places.find((one) => order !== null && isInPlace(one, order));
  if (order === null || place === undefined) throw new AppError('not_found', 'There is no such order.');
  if (!(await mayActOn(ctx, place, { customerId, ownerId: order.customerId })))
    throw new AppError('forbidden', 'Only who ordered it, or who manages the account, may ask for this.');
  const { accountId, rootId } = order;
  const draft = {
    ...{ kind: 'cancel' as const, customerId, accountId, rootId, order: { source, number }, lines: [] },
    ...{ currency: null, ownReference: null, wishedOn: null, note, key },
  };
  return writeRequest(ctx, business, draft, options, async (seen) => {
    const fresh = { ...seen, db: seen.db.fresh };
    const [now, open] = await Promise.all([
      findOrder(fresh, { source, number }),
      findOpenCancellation(fresh.db, { source, number }),
    ]);
    const reason = now === null || now.rootId !== rootId ? 'cancelled' : whyNotCancellable(now);
    if (reason !== null) throw wrongField('order', reason, 'can be cancelled no more');
    if (open !== null) throw wrongField('order', 'asked_already', 'is asked to be cancelled already');
  });
}

async function findOrder({ db }: Pick<Context, 'db'>, key: { source: string; number: string }) {
  return (await loadOrders(db, [key])).get(orderKey(key)) ?? null;
}

/** States from which on goods are on their way, or were. */
const packed: readonly string[] = [
  ...['packed', 'shipped', 'out_for_delivery', 'ready_for_pickup', 'delivered', 'delivery_failed'],
  ...['return_requested', 'return_approved', 'return_refused', 'returned'],
];

/** Why an order can no longer be asked to be cancelled; null while it can. */
export function whyNotCancellable(order: Order): 'packed' | 'cancelled' | null {
  const state = stateOf(order);
  if (state.isCancelled || isRefundedWhole(state)) return 'cancelled';
  return order.events.some(({ status }) => packed.includes(status)) ? 'packed' : null;
}
