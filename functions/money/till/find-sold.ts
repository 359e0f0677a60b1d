import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { OrderAnswer } from '../orders/answer.ts';
import { answerOrder } from '../orders/change-order.ts';
import { listCreditOf, listUsesOf } from './queries.ts';
import { type Sold, TILL, totalOf } from './sale.ts';

/** What was sold under a number at the till, as it is kept now; null when nothing was. */
export async function findSold(ctx: Context, number: string): Promise<Sold | null> {
  const fresh = { ...ctx, db: ctx.db.fresh };
  const key = { source: TILL, number };
  const order = await findOrder(fresh, key);
  if (order === null) return null;
  const [vouchers, credit] = await Promise.all([listUsesOf(fresh.db, key), listCreditOf(fresh.db, key)]);
  return {
    order,
    vouchers,
    creditMinor: credit.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    totalMinor: totalOf(
      order.lines.map(({ total, discount }) => ({ totalMinor: BigInt(total.amount - discount.amount) })),
    ),
  };
}

async function findOrder(ctx: Context, key: { source: string; number: string }): Promise<OrderAnswer | null> {
  try {
    return await answerOrder(ctx, key);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}
