import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { isInPlace, listPlaces, onlyPlace, type Place } from '../../money/accounts/places.ts';
import { productKey } from '../../money/catalogue/product-key.ts';
import { listOrdersByKey } from '../../money/orders/find-order-rows.ts';
import type { OrderRequest } from './request.ts';
import { askToCancel } from './request-cancellation.ts';
import { askForGoods } from './request-order.ts';
import type { PlaceRequestInput, RequestAnswer } from './schema.ts';

/**
 * A program asks on behalf of a customer, as a shop does whose pages have the button.
 * @throws {AppError} `not_found`, `account_required`, as `requestOrder` and `requestCancellation`, `scope_missing`
 */
export async function placeRequest(
  ctx: Context,
  { customer: customerId, account, kind, lines, ...asked }: PlaceRequestInput,
  options: Alongside<RequestAnswer> = {},
): Promise<OrderRequest> {
  allow(ctx.actor, 'orders:write');
  const places = await listPlaces(ctx.db, customerId);
  const { order, note } = asked;
  const key = `program:${newId()}`;
  if (kind === 'cancel') {
    assert(order !== null, 'a cancellation names its order');
    return askToCancel(ctx, { customerId, places }, { ...order, note, key }, options);
  }
  const place =
    (account === null ? await findPlaceOfOrder(ctx, order, places) : null) ??
    (await onlyPlace(ctx.db, places, account));
  const named = lines.map(({ sku, product, quantity }) => ({
    product: productKey({ sku, name: product }) ?? '',
    quantity,
  }));
  return askForGoods(ctx, { customerId, places, place }, { ...asked, kind, lines: named, key }, options);
}

/** The place that an order to be had again is in. */
async function findPlaceOfOrder(
  { db }: Context,
  order: PlaceRequestInput['order'],
  places: readonly Place[],
): Promise<Place | null> {
  if (order === null) return null;
  const [row] = await listOrdersByKey(db, { keys: JSON.stringify([[order.source, order.number]]) });
  return (row && places.find((place) => isInPlace(place, row))) ?? null;
}
