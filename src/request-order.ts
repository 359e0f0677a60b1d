import { answerOrderRequest } from '../functions/care/order-requests/answer-request.ts';
import { getRequestFile } from '../functions/care/order-requests/list-requests.ts';
import type { OrderRequest } from '../functions/care/order-requests/request.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { currencyExponent, formatDecimal } from '../functions/ground/platform/money.ts';
import { attempt, orNull } from './attempt.ts';
import { quantityText } from './request-form.ts';

/** The request for goods that an order is recorded for; null where there is none, or it is decided. */
export async function findOpenRequest(ctx: Context, reference: string | null): Promise<OrderRequest | null> {
  const file = reference === null ? null : await orNull(getRequestFile(ctx, { reference }));
  const request = file?.request ?? null;
  return request !== null && request.kind !== 'cancel' && request.state === 'placed' ? request : null;
}

/** What the form of an order begins with: what was asked for. Its key is the request's, so that recorded twice it is one order. */
export function filledFrom(request: OrderRequest, currency: string | null): Map<string, string> {
  const { customer, lines, wishedOn } = request;
  const exponent = currencyExponent(currency ?? '') ?? 2;
  const fields: [string, string][] = lines.flatMap(({ name, sku, category, quantityMilli, total }, index) => {
    const price = total !== null && total.currency === currency ? formatDecimal(total.minor, exponent) : '';
    return [
      [`product-${index}`, name],
      [`sku-${index}`, sku ?? ''],
      [`category-${index}`, category ?? ''],
      [`quantity-${index}`, quantityText(quantityMilli)],
      [`price-${index}`, price],
    ];
  });
  return new Map([
    ...fields,
    ['key', request.id],
    ['lines', String(lines.length)],
    ['customer', customer.email ?? customer.name ?? ''],
    ['account', request.rootName ?? ''],
    ['department', request.department ?? ''],
    ['promisedBy', wishedOn ?? ''],
  ]);
}

/** Answers the request with the order; false where it cannot be, such as of another account, or was decided meanwhile. */
export async function answerWith(
  ctx: Context,
  { id }: OrderRequest,
  { source, number }: { source: string; number: string },
): Promise<boolean> {
  const done = await attempt(answerOrderRequest(ctx, { id, order: { source, number }, text: null }), {
    otherwise: null,
  });
  return done.ok;
}
