import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { OrderAnswer } from './answer.ts';
import { answerOrder } from './change-order.ts';

/** One order by its business key, as the API answers it. @throws {AppError} `not_found` */
export function getOrder(ctx: Context, key: { source: string; number: string }): Promise<OrderAnswer> {
  allow(ctx.actor, 'orders:read');
  return answerOrder(ctx, key);
}
