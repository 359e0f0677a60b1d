import type { z } from 'zod';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError, type FieldError } from '../../ground/platform/errors.ts';
import { parseInput, refuseFields, wrongField } from '../../ground/platform/parse-input.ts';
import { choosePlace, listOrderPlaces } from '../../money/accounts/own-places.ts';
import { isInPlace, type Place } from '../../money/accounts/places.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listOrdersByKey } from '../../money/orders/find-order-rows.ts';
import { priceOf } from '../../money/orders/list-bought.ts';
import { mayUseForm } from './may-use-form.ts';
import { loadOffer, minimumFor, type Offered } from './offer.ts';
import type { OrderRequest } from './request.ts';
import { type RequestAnswer, requestInput } from './schema.ts';
import { type RequestDraft, writeRequest } from './write-request.ts';

/** Goods that are asked for, by whoever asks. */
export interface GoodsAsked {
  kind: 'again' | 'form';
  order: { source: string; number: string } | null;
  lines: readonly { product: string; quantity: number }[];
  ownReference: string | null;
  wishedOn: string | null;
  note: string | null;
  key: string;
}

/**
 * The signed-in customer asks the business for goods; the same form (`key`) sent twice is one request. It is no order: staff who
 * answer it record that.
 * @throws {AppError} `not_found` for an account or order that is not theirs, `forbidden` for the form of an account without one,
 *   `validation_failed` (`lines`: `unknown_product`, `gone`, `twice`, `below_minimum`; `wishedOn`: `in_the_past`),
 *   `too_many_requests`
 */
export async function requestOrder(ctx: Context, input: z.input<typeof requestInput>): Promise<OrderRequest> {
  const customerId = customerIdOf(ctx);
  const { accountId, key, ...asked } = parseInput(requestInput, input);
  const places = await listOrderPlaces(ctx);
  const place = await choosePlace(ctx, places, accountId);
  return askForGoods(ctx, { customerId, places, place }, { ...asked, key: `customer:${customerId}:${key}` });
}

/** Who asks, what they see, and the place among it that goods are for. */
interface GoodsAsker {
  customerId: string;
  places: readonly Place[];
  place: Place;
}

/** The same for whoever speaks for a customer. @throws {AppError} as {@link requestOrder} */
export async function askForGoods(
  ctx: Context,
  { customerId, places, ...asker }: GoodsAsker,
  asked: GoodsAsked,
  options: Alongside<RequestAnswer> = {},
): Promise<OrderRequest> {
  const business = await getBusiness(ctx);
  const order = asked.order === null ? null : await findInPlaces(ctx, asked.order, places);
  const place = (order && places.find((one) => isInPlace(one, order))) ?? asker.place;
  const isForm = asked.kind === 'form';
  const mayAsk = !isForm || (place.onlyOrdersOf === null && (await mayUseForm(ctx, place.rootId)));
  if (!mayAsk) throw new AppError('forbidden', 'This account has no order form.');
  const { currency } = business;
  const [offer, minimum] = await Promise.all([
    loadOffer(ctx, place, { currency, hasCatalogue: isForm, orderId: order?.id ?? null }),
    minimumFor(ctx, business, place.rootId),
  ]);
  const lines = readLines(asked.lines, offer);
  const sum = sumOf(lines);
  if (minimum !== null && minimum.waived === null && sum !== null && sum < minimum.minor)
    throw wrongField('lines', 'below_minimum', 'come to less than an order has to');
  const draft: RequestDraft = {
    ...{ kind: asked.kind, order: asked.order, lines, currency, key: asked.key },
    ...{ ownReference: asked.ownReference, wishedOn: asked.wishedOn, note: asked.note },
    ...{ customerId, rootId: place.rootId },
    accountId: order?.accountId ?? place.departments?.[0] ?? place.rootId,
  };
  return writeRequest(ctx, business, draft, options);
}

/** @throws {AppError} `not_found`, also for an order of an account that is not theirs */
async function findInPlaces(
  { db }: Context,
  { source, number }: { source: string; number: string },
  places: readonly Place[],
) {
  const [row] = await listOrdersByKey(db, { keys: JSON.stringify([[source, number]]) });
  if (row === undefined || !places.some((place) => isInPlace(place, row)))
    throw new AppError('not_found', 'There is no such order.');
  return row;
}

function readLines(lines: GoodsAsked['lines'], offer: readonly Offered[]): RequestDraft['lines'] {
  const byKey = new Map(offer.map((one) => [one.key, one]));
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  const read = lines.flatMap(({ product, quantity }, at) => {
    const found = byKey.get(product);
    const refuse = (code: string, message: string) =>
      errors.push({ path: `lines.${at}.product`, code, message });
    if (found === undefined) refuse('unknown_product', 'is nothing that can be asked for');
    else if (found.isGone) refuse('gone', 'is sold no longer');
    else if (seen.has(product)) refuse('twice', 'is told twice');
    seen.add(product);
    if (found === undefined) return [];
    const { sku, name, category, unitMinor: priceMinor } = found;
    return [{ sku, name, category, quantityMilli: Math.round(quantity * 1000), priceMinor }];
  });
  refuseFields(errors);
  return read;
}

/** What they come to; null where one of them has no price. */
function sumOf(lines: RequestDraft['lines']): bigint | null {
  let sum = 0n;
  for (const { priceMinor, quantityMilli } of lines) {
    if (priceMinor === null) return null;
    sum += priceOf(priceMinor, quantityMilli);
  }
  return sum;
}
