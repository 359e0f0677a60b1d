import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getBusiness } from '../business/business.ts';
import { type OrderPreview, previewOrder } from '../orders/preview-order.ts';
import type { TillSale } from './sale.ts';
import { draftSale } from './sale-draft.ts';

/**
 * What a sale would bring its customer and what would be taken of their account; null for nobody's. Nothing is written.
 * @throws {AppError} as `sellAtTill`
 */
export async function previewSale(ctx: Context, sale: TillSale): Promise<OrderPreview | null> {
  allow(ctx.actor, 'orders:write');
  if (sale.buyer === null) return null;
  const { currency } = await getBusiness(ctx);
  if (currency === null) throw new AppError('currency_not_set', 'Set the currency of the business first.');
  const { draft, payment } = await draftSale(ctx, sale, currency);
  return previewOrder(ctx, draft, payment);
}
