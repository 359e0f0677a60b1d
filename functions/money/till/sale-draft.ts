import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { listAccounts } from '../accounts/list-accounts.ts';
import { choosePlace } from '../accounts/own-places.ts';
import { listPlaces } from '../accounts/places.ts';
import type { Buyer, OrderDraft } from '../orders/order.ts';
import { draftOf } from '../orders/record-order.ts';
import { recordOrderInput } from '../orders/schema.ts';
import { payOrder } from '../redemptions/pay-order.ts';
import { numberOf, TILL, type TillSale, totalOf } from './sale.ts';

/**
 * A sale as an order that is delivered now, and what pays a part of it.
 * @throws {AppError} `validation_failed`, `not_found` for an account that is not the customer's
 */
export async function draftSale(ctx: Context, sale: TillSale, currency: string) {
  const { lines, vouchers, creditMinor } = sale;
  const number = numberOf(sale);
  const input = parseInput(recordOrderInput, {
    source: TILL,
    number,
    placedAt: instantText(ctx.now()),
    currency,
    status: 'delivered',
    lines: lines.map(({ category, isGiftCard, totalMinor }, index) => ({
      id: `${index + 1}`,
      category,
      giftCard: isGiftCard,
      total: { amount: Number(totalMinor), currency },
    })),
  });
  const draft: OrderDraft = { ...draftOf(input), ...(await homeOf(ctx, sale)), buyer: buyerOf(sale) };
  const netMinor = totalOf(lines);
  const payment = payOrder({ source: TILL, number, currency, netMinor, vouchers, creditMinor });
  return { draft, payment };
}

function buyerOf({ buyer }: TillSale): Buyer {
  if (buyer === null) return { kind: 'nobody' };
  return buyer.kind === 'email' ? { ...buyer, key: null } : { ...buyer, isBuying: true };
}

/** Whose order it is, as orders say it: a company or household by its name, or the customer's own. */
async function homeOf(
  { db, ...ctx }: Context,
  { buyer, accountId }: TillSale,
): Promise<Pick<OrderDraft, 'account' | 'department'>> {
  const own = { account: null, department: null };
  if (buyer?.kind !== 'customer') return own;
  const places = await listPlaces(db.fresh, buyer.id);
  if (places.length === 0) return own;
  const place = await choosePlace({ ...ctx, db: db.fresh }, places, accountId);
  const [departmentId] = place.departments ?? [];
  const [department] =
    departmentId === undefined ? [] : await listAccounts(db.fresh, { ids: JSON.stringify([departmentId]) });
  return { account: place.name, department: department?.name ?? null };
}
