import { z } from 'zod';
import { customerIdOf } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { normalCode } from '../../../ground/platform/ids.ts';
import { assertWithin, countTries, limitOn } from '../../../ground/platform/limits.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import type { OrderAnswer } from '../answer.ts';
import { recordDraft } from '../record-order.ts';
import { findSaleByCode } from './queries.ts';
import { draftOf } from './sale.ts';

const input = z.strictObject({ code: z.string().max(64) });

/**
 * Makes a sale without a customer the signed-in customer's own: who has the receipt, has its code. Once and for one; it
 * earns like any other order. A sale to a company or household is not anybody's to take: staff give it.
 * @throws {AppError} `not_found` for a code that nothing waits under, `too_many_requests`, `unauthenticated`
 */
export async function claimSale(ctx: Context, given: z.input<typeof input>): Promise<OrderAnswer> {
  const customerId = customerIdOf(ctx);
  const { code } = parseInput(input, given);
  const limits = [
    limitOn(ctx.config.secret, 'receipt', customerId),
    limitOn(ctx.config.secret, 'receipt_per_day', customerId),
  ];
  assertWithin(await countTries(ctx.db, limits, ctx.now()));
  const sale = await findSaleByCode(ctx.db.fresh, normalCode(code));
  if (sale === null || sale.account !== null) throw unknownCode();
  const buyer = { kind: 'customer', id: customerId } as const;
  const draft = draftOf(sale.order, { buyer, customerName: null, account: null, department: null });
  try {
    return (await recordDraft(ctx, draft)).order;
  } catch (error) {
    const isGone = error instanceof AppError && goneCodes.includes(error.code);
    throw isGone ? unknownCode() : error;
  }
}

/** What a sale answers that somebody else has by now. */
const goneCodes: readonly string[] = ['not_found', 'order_of_another_account', 'order_contradicts'];

const unknownCode = () =>
  new AppError('not_found', 'No purchase waits under this code. Somebody may have entered it before.');
