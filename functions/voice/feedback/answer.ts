import { z } from 'zod';
import { instantAnswer, instantText, listAnswer } from '../../ground/platform/answer.ts';
import { caseStates } from './case-state.ts';
import type { FeedbackRow } from './queries.ts';
import { allFeedbackKinds } from './schema.ts';
import type { Receipt } from './write-feedback.ts';

const kind = z.enum(allFeedbackKinds);

/** What is answered to `POST /feedback`: no personal data. */
export const receiptAnswer = z
  .object({
    id: z.string(),
    reference: z.string(),
    kind,
    at: instantAnswer,
    replyDueAt: instantAnswer.nullable(),
  })
  .meta({ id: 'FeedbackReceipt' });
export type ReceiptAnswer = z.infer<typeof receiptAnswer>;

export function toReceiptAnswer({ id, reference, kind, at, replyDueAt }: Receipt): ReceiptAnswer {
  return { id, reference, kind, at: instantText(at), replyDueAt: optionalInstant(replyDueAt) };
}

const summary = {
  id: z.string(),
  reference: z.string(),
  kind,
  at: instantAnswer,
  source: z.string(),
  text: z.string(),
  language: z.string().nullable(),
  wantsReply: z.boolean(),
  customerId: z.string().nullable(),
  accountId: z.string().nullable(),
  order: z.object({ source: z.string(), number: z.string() }).nullable(),
  line: z.string().nullable(),
  parcel: z.string().nullable(),
  servedBy: z.string().nullable(),
  servedById: z.string().nullable().describe('Who of the team that is, once it is known.'),
  product: z.string().nullable().describe('What it is about where no line of an order says so.'),
  page: z.string().nullable(),
  mention: z
    .object({
      place: z.string(),
      url: z.string().nullable(),
      author: z.string().nullable(),
      rating: z.int().nullable(),
      saidOn: z.string(),
    })
    .nullable()
    .describe('Where it was said, if elsewhere.'),
  case: z
    .object({
      state: z.enum(caseStates),
      ownerId: z.string().nullable(),
      causeId: z.string().nullable(),
      openedAt: instantAnswer,
      replyDueAt: instantAnswer.nullable(),
    })
    .nullable()
    .describe('Null when nobody has to handle it.'),
};

const feedbackAnswer = z.object(summary).meta({ id: 'Feedback' });
export type FeedbackAnswer = z.infer<typeof feedbackAnswer>;
export const feedbackListAnswer = listAnswer(feedbackAnswer);

export const feedbackThreadAnswer = z
  .object({
    ...summary,
    messages: z.array(
      z.object({
        id: z.string(),
        from: z.enum(['customer', 'staff']),
        isInternal: z.boolean(),
        text: z.string(),
        at: instantAnswer,
        place: z.string().nullable().describe('Where it was said, if not here.'),
        url: z.string().nullable(),
      }),
    ),
    attachments: z.array(
      z.object({ id: z.string(), name: z.string(), mediaType: z.string(), sizeBytes: z.int() }),
    ),
  })
  .meta({ id: 'FeedbackThread' });
export type FeedbackThreadAnswer = z.infer<typeof feedbackThreadAnswer>;

export function toFeedbackAnswer(row: FeedbackRow): FeedbackAnswer {
  const { id, reference, kind, at, source, text, language, wantsReply, customerId, accountId } = row;
  const {
    orderSource,
    orderNumber,
    lineId,
    parcel,
    servedBy,
    servedById,
    product,
    page,
    mention,
    case: handled,
  } = row;
  return {
    ...{ id, reference, kind, at: instantText(at), source, text, language, wantsReply },
    ...{ customerId, accountId, line: lineId, parcel, servedBy, servedById, product, page, mention },
    order: orderSource === null || orderNumber === null ? null : { source: orderSource, number: orderNumber },
    case:
      handled === null
        ? null
        : {
            state: handled.state,
            ownerId: handled.ownerId,
            causeId: handled.causeId,
            openedAt: instantText(handled.openedAt),
            replyDueAt: optionalInstant(handled.replyDueAt),
          },
  };
}

const optionalInstant = (at: number | null) => (at === null ? null : instantText(at));

/** What is answered to `POST /feedback/{id}/messages`. */
export const messageAnswer = z
  .object({ id: z.string(), feedbackId: z.string(), at: instantAnswer, state: z.enum(caseStates) })
  .meta({ id: 'FeedbackMessage' });
export type MessageAnswer = z.infer<typeof messageAnswer>;
