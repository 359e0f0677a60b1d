import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { listCustomersByAnyEmail } from '../../people/customers/find-customer.ts';
import { type ReceiptAnswer, toReceiptAnswer } from './answer.ts';
import { placeOf } from './place.ts';
import type { RecordFeedbackInput } from './schema.ts';
import { type FeedbackDraft, writeFeedback } from './write-feedback.ts';

/**
 * Records what was told elsewhere: at the till, on the telephone, on another site. Without a customer it is nobody's.
 * @throws {AppError} `not_found` for an unknown customer or an order that is not theirs
 */
export async function recordFeedback(
  ctx: Context,
  input: RecordFeedbackInput,
  options: Alongside<ReceiptAnswer> = {},
): Promise<ReceiptAnswer> {
  allow(ctx.actor, 'feedback:write');
  const { customer, ...rest } = input;
  const whose = customer === null ? nobody : await placeOfEmail(ctx, customer.email, input.order);
  const draft: FeedbackDraft = { ...rest, ...whose, key: null };
  const receipt = await writeFeedback(ctx, draft, (made) => ({
    audit: { kind: 'feedback.recorded', subjectKind: 'feedback', subjectId: made.id },
    beside: options.alongside?.(toReceiptAnswer(made), 201) ?? [],
  }));
  return toReceiptAnswer(receipt);
}

const nobody = { customerId: null, accountId: null, rootId: null };

async function placeOfEmail(ctx: Context, email: string, order: RecordFeedbackInput['order']) {
  const [customer] = await listCustomersByAnyEmail(ctx.db, { email });
  if (customer === undefined) {
    throw new AppError(
      'not_found',
      'There is no such customer; leave customer out to record it as nobody’s.',
    );
  }
  const places = await listPlaces(ctx.db, customer.id);
  return { customerId: customer.id, ...(await placeOf(ctx, places, { order, accountId: null })) };
}
