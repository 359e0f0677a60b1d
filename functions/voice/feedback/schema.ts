import { z } from 'zod';
import {
  email,
  identifier,
  instant,
  issue,
  optionalName,
  pageCursor,
  webAddress,
} from '../../ground/platform/input.ts';
import { orderNumber, orderSource } from '../../money/orders/schema.ts';
import { mentionInput } from './mentions/mention.ts';

/** What is read about feedback (DOMAIN §1); past these schemas texts are trimmed, with line feeds alone. */

export const feedbackKinds = ['question', 'idea', 'praise', 'problem', 'complaint'] as const;
export type FeedbackKind = (typeof feedbackKinds)[number];
/** With those that the business itself brings in. */
export const allFeedbackKinds = [...feedbackKinds, 'survey'] as const;

export const TEXT_LENGTH_MAX = 5000;
export const SERVED_BY_LENGTH_MAX = 120;

export const servedByName = identifier(SERVED_BY_LENGTH_MAX);

/** `POST /feedback/{id}/server` */
export const serverInput = z.strictObject({
  staff: z.string().trim().min(1).max(254).nullable().meta({ description: 'Id or email; null for nobody.' }),
});

/** Words that have to be there. */
export const saidText = z
  .string()
  .transform((text) => text.replaceAll('\r\n', '\n').trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(TEXT_LENGTH_MAX)
      .refine((text) => text.isWellFormed() && !/[\0\uffff]/.test(text), {
        params: { code: 'invalid_text' },
        message: 'has characters that no text may have',
      }),
  );

const order = z.strictObject({ source: orderSource, number: orderNumber });

const about = {
  order: order.nullish().transform((named) => named ?? null),
  line: optionalName(200),
  parcel: optionalName(100).meta({
    description: 'The parcel of the order that it is about, as the order’s events name it.',
  }),
  servedBy: optionalName(SERVED_BY_LENGTH_MAX),
  page: optionalName(300).refine((path) => path === null || /^\/(?!\/)/.test(path), {
    params: { code: 'invalid_path' },
    message: 'has to be a path such as /account',
  }),
};

const withOrder = (
  { line, parcel, order: named }: { line: string | null; parcel: string | null; order: object | null },
  context: z.core.$RefinementCtx,
) => {
  if ((line !== null || parcel !== null) && named === null)
    context.addIssue(issue('required', 'is needed beside line and parcel', ['order']));
};

const said = {
  kind: z.enum(feedbackKinds),
  text: saidText,
  ...about,
  wantsReply: z.boolean().default(true),
};

/** What a form that is sent twice is known by. */
export const formKey = z.string().regex(/^[\x21-\x7e]{8,100}$/);

/** What a page tells: who it is from is known. */
export const tellInput = z
  .strictObject({
    ...said,
    language: z.string().max(35),
    /** The account it is about where no order says so; null for the first. */
    accountId: identifier(100).nullable(),
    key: formKey,
  })
  .superRefine(withOrder);

/** `POST /feedback`: without a customer it is nobody's; with a `mention` it was said elsewhere. */
export const recordFeedbackInput = z
  .strictObject({
    ...said,
    source: z.enum(['api', 'till']).default('api'),
    product: optionalName(200).meta({
      description: 'The product it is about, by name or SKU, where no line of an order says so.',
    }),
    mention: mentionInput
      .nullish()
      .transform((where) => where ?? null)
      .meta({ description: 'Where it was said, if elsewhere: on a review site, on social media.' }),
    customer: z
      .strictObject({ email })
      .nullish()
      .transform((named) => named ?? null),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
      .nullish()
      .transform((tag) => tag ?? null),
  })
  .superRefine(withOrder);
export type RecordFeedbackInput = z.output<typeof recordFeedbackInput>;

/** `GET /feedback` */
export const listFeedbackQuery = z.strictObject({
  kind: z.enum(allFeedbackKinds).optional().meta({ description: 'Only this kind.' }),
  state: z
    .enum(['none', 'open', 'answered', 'waiting', 'resolved', 'closed'])
    .optional()
    .meta({ description: 'Where its case stands; `none` for feedback without a case.' }),
  since: instant.optional().meta({ description: 'Told at this time or later.' }),
  until: instant.optional().meta({ description: 'Told before this time.' }),
  cursor: pageCursor.optional(),
});
export type ListFeedbackQuery = z.output<typeof listFeedbackQuery>;

/** `POST /feedback/{id}/messages`: what staff answer, or answered elsewhere; `state` is where the case stands then. */
export const answerInput = z.strictObject({
  text: saidText,
  state: z.enum(['answered', 'waiting', 'resolved']).default('answered'),
  there: z
    .strictObject({ url: webAddress.nullish().transform((url) => url || null) })
    .nullish()
    .transform((answered) => answered ?? null)
    .meta({
      description:
        'Of a mention: it was answered where it was said, with the address of the answer; nobody is told by mail.',
    }),
});
export type AnswerInput = z.output<typeof answerInput>;
