import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import { searchedText } from '../../ground/platform/search-words.ts';
import { findCodes } from './find-codes.ts';
import { findCustomers } from './find-customers.ts';
import { findOrders } from './find-orders.ts';
import type { Found } from './types.ts';

const FOUND_MAX = 20;

/**
 * Customers by email, name, phone, member number or the key of a source, orders by number, vouchers by code and feedback by
 * reference; at most 20 of each, by phone for all but analysts. Of customers and orders any part of three letters will do, and what begins with the text
 * comes first. Whatever is kept, it reads no more than it shows.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function search(ctx: Context, asked: { text: string }): Promise<Found> {
  allow(ctx.actor, 'customers:read');
  allow(ctx.actor, 'orders:read');
  const text = searchedText(asked.text);
  if (text === '') return { customers: [], orders: [], vouchers: [], feedback: [] };
  const terms = { text, limit: FOUND_MAX };
  const [customers, orders, codes] = await Promise.all([
    findCustomers(ctx.db, { ...terms, isPrivate: mayReadPrivate(ctx.actor) }),
    findOrders(ctx.db, terms),
    findCodes(ctx.db, terms),
  ]);
  return { customers, orders, ...codes };
}
