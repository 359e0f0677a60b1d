import type { z } from 'zod';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listCustomersByAnyEmail } from '../../people/customers/find-customer.ts';
import { type ReceiptAnswer, toReceiptAnswer } from './answer.ts';
import { findLogged, findMention } from './mentions/find-mention.ts';
import { placeOf } from './place.ts';
import { formKey, type RecordFeedbackInput, recordFeedbackInput } from './schema.ts';
import { insertMention } from './statements.ts';
import { type FeedbackDraft, type Receipt, writeFeedback } from './write-feedback.ts';

/** What became of it; a link that was logged before is known, and nothing is written. */
export interface RecordedFeedback {
  receipt: ReceiptAnswer;
  isKnown: boolean;
}

/**
 * Records what was told elsewhere: at the till, on the telephone, on another site. Without a customer it is nobody's. The same form
 * (`key`) sent twice is one feedback.
 * @throws {AppError} `not_found` for an unknown customer or an order that is not theirs, `validation_failed` for a mention of a day to
 * come
 */
export async function recordFeedback(
  ctx: Context,
  input: RecordFeedbackInput,
  { key = null, ...options }: Alongside<ReceiptAnswer> & { key?: string | null } = {},
): Promise<RecordedFeedback> {
  allow(ctx.actor, 'feedback:write');
  const { customer, mention, source, ...rest } = input;
  const [whose, { timeZone }] = await Promise.all([
    customer === null ? nobody : placeOfEmail(ctx, customer.email, input.order),
    getBusiness(ctx),
  ]);
  const draft: FeedbackDraft = {
    ...rest,
    ...whose,
    source: mention === null ? source : 'mention',
    key,
  };
  const today = dayOf(ctx.now(), timeZone);
  const saidOn = mention?.saidOn ?? today;
  if (saidOn > today) throw wrongField('mention.saidOn', 'in_the_future', 'has to be a day up to today');
  const contention = { subject: 'list of mentions', conflicts: ['feedback_mentions.url', 'feedback.key'] };
  return retrying(ctx, contention, async () => {
    const logged = key === null ? null : await findLogged(ctx.db.fresh, { key });
    if (logged !== null) return { receipt: toReceiptAnswer(logged), isKnown: false };
    const known = mention?.url == null ? null : await findMention(ctx.db.fresh, { url: mention.url });
    if (known !== null) return knownBefore(ctx, known, options);
    const receipt = await writeFeedback(ctx, draft, (made) => ({
      rows: mention === null ? [] : [insertMention({ ...mention, saidOn, feedbackId: made.id })],
      audit: { kind: 'feedback.recorded', subjectKind: 'feedback', subjectId: made.id },
      beside: options.alongside?.(toReceiptAnswer(made), 201) ?? [],
    }));
    return { receipt: toReceiptAnswer(receipt), isKnown: false };
  });
}

/** The same of what a form says. @throws {AppError} `validation_failed`, and what `recordFeedback` throws */
export async function logFeedback(
  ctx: Context,
  typed: z.input<typeof recordFeedbackInput>,
  form: { key: string } | null = null,
): Promise<RecordedFeedback> {
  const key = form === null ? null : `${actorName(ctx.actor)}:${parseInput(formKey, form.key)}`;
  return recordFeedback(ctx, parseInput(recordFeedbackInput, typed), { key });
}

async function knownBefore(
  ctx: Context,
  known: Receipt,
  options: Alongside<ReceiptAnswer>,
): Promise<RecordedFeedback> {
  const receipt = toReceiptAnswer(known);
  await writeDecision(ctx, { beside: options.alongside?.(receipt, 200) ?? [] });
  return { receipt, isKnown: true };
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
