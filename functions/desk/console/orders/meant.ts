import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { mayReadPrivate } from '../../../ground/platform/personal.ts';
import { type Business, getBusiness } from '../../../money/business/business.ts';
import type { OrderFilter } from '../../../money/orders/order-filter.ts';
import { findByText } from './find-by-text.ts';
import { type OrdersAsked, readFilter } from './read-filter.ts';

/** What staff asked for, read and with its text looked up. */
export interface Meant {
  filter: OrderFilter;
  text: string;
  isOfNobody: boolean;
  /** More was found by the text than is looked at. */
  isCut: boolean;
  business: Business;
}

/** @throws {AppError} `validation_failed`, `unauthenticated`, `forbidden` */
export async function readMeant(ctx: Context, asked: OrdersAsked): Promise<Meant> {
  allow(ctx.actor, 'orders:read');
  allow(ctx.actor, 'customers:read');
  const business = await getBusiness(ctx);
  const read = readFilter(asked, business, ctx.now());
  if (read.text === '' || read.isOfNobody) return { ...read, isCut: false, business };
  const { ids, isCut } = await findByText(ctx.db, { text: read.text, isPrivate: mayReadPrivate(ctx.actor) });
  return { ...read, filter: { ...read.filter, ids }, isCut, business };
}
