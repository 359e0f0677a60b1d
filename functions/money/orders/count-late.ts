import { statement } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../business/business.ts';
import { awaited } from './late.ts';

const COUNTED_MAX = 100;

/** How many orders are not there although their promised day is over, up to a hundred. @throws {AppError} `forbidden` */
export async function countLate(ctx: Context): Promise<number> {
  allow(ctx.actor, 'orders:read');
  const { timeZone } = await getBusiness(ctx);
  const [row] = await ctx.db.read(
    statement(
      `SELECT count(*) FROM (SELECT 1 FROM orders INDEXED BY orders_awaited
       WHERE ${awaited} AND +promised_by < ? LIMIT ${COUNTED_MAX})`,
      dayOf(ctx.now(), timeZone),
    ),
  );
  return Number(row?.[0] ?? 0);
}
