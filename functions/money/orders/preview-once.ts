import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import type { OrderPreviewAnswer } from './answer.ts';
import { previewOrder } from './preview-order.ts';
import { draftOf } from './record-order.ts';
import type { RecordOrderInput } from './schema.ts';

/**
 * What an order would bring, for a program; the answer is kept, since a keyed request says the same for ever.
 * @throws {AppError} as `previewOrder`, `validation_failed` for an order of nobody
 */
export async function previewOnce(
  ctx: Context,
  input: RecordOrderInput,
  { alongside }: Required<Alongside<OrderPreviewAnswer>>,
): Promise<OrderPreviewAnswer> {
  allow(ctx.actor, 'customers:read');
  if (input.customer === undefined)
    throw wrongField('customer', 'required', 'is needed: an order of nobody brings nothing');
  const preview = await previewOrder(ctx, draftOf(input));
  const { order, customerId, before, after, vouchersMinor, business } = preview;
  const money = (minor: bigint) => toMoneyJson(minor, business.currency ?? order.currency);
  const answer = {
    customerId,
    rewards: order.rewards,
    vouchers: money(vouchersMinor),
    balance: { before: money(before.balanceMinor), after: money(after.balanceMinor) },
  };
  await ctx.db.write(alongside(answer, 200));
  return answer;
}
