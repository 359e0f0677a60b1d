import { z } from 'zod';
import { instantAnswer, moneyAnswer } from '../../ground/platform/answer.ts';
import { day, freeText, identifier, optionalName, pageCursor } from '../../ground/platform/input.ts';
import { hasThreeDecimals, orderNumber, orderSource } from '../../money/orders/schema.ts';

/** What is read about requests (DOMAIN §3): what a customer asks for about an order is no order, and earns nothing. */

export const requestKinds = ['again', 'form', 'cancel'] as const;
export type RequestKind = (typeof requestKinds)[number];
const requestStates = ['placed', 'answered', 'declined', 'withdrawn'] as const;
export type RequestState = (typeof requestStates)[number];

export const REQUEST_LINES_MAX = 100;
export const NOTE_LENGTH_MAX = 2000;
export const OWN_REFERENCE_MAX = 100;
const QUANTITY_MAX = 1_000_000;

const order = z.strictObject({ source: orderSource, number: orderNumber });
const noOrder = order.nullish().transform((named) => named ?? null);

const quantity = z
  .number()
  .positive()
  .max(QUANTITY_MAX)
  .refine(hasThreeDecimals, { params: { code: 'too_many_decimals' }, message: 'has at most 3 decimals' })
  .default(1);

const wishes = {
  ownReference: optionalName(OWN_REFERENCE_MAX).meta({
    description: 'What the customer calls it in their own books.',
  }),
  wishedOn: day
    .nullish()
    .transform((wished) => wished ?? null)
    .meta({ description: 'The day on which they would like to have it.' }),
  note: freeText(NOTE_LENGTH_MAX),
};

/** What a form that is sent twice is known by. */
const formKey = z.string().regex(/^[\x21-\x7e]{8,100}$/);

/** What the page of the order form, or of an order to be had again, asks for; `product` is the key it was shown with. */
export const requestInput = z.strictObject({
  kind: z.enum(['again', 'form']),
  accountId: identifier(100).nullable(),
  order: noOrder,
  lines: z
    .array(z.strictObject({ product: z.string().min(3).max(600), quantity }))
    .min(1)
    .max(REQUEST_LINES_MAX),
  ...wishes,
  key: formKey,
});

/** What the page of an order asks for. */
export const cancellationInput = z.strictObject({ ...order.shape, note: wishes.note, key: formKey });

/** `POST /order-requests` */
export const placeRequestInput = z
  .strictObject({
    customer: identifier(100).meta({ description: 'The id of the customer who asks.' }),
    account: identifier(100)
      .nullish()
      .transform((id) => id ?? null)
      .meta({ description: 'The id of one of their accounts; needed when they have several.' }),
    kind: z.enum(requestKinds).meta({
      description:
        '`again`: what was bought before; `form`: also what the catalogue lists, for key accounts and the club; `cancel`: an order that is not packed.',
    }),
    order: noOrder.meta({ description: 'The order to be had again, or to be cancelled.' }),
    lines: z
      .array(z.strictObject({ sku: optionalName(200), product: optionalName(500), quantity }))
      .max(REQUEST_LINES_MAX)
      .default([])
      .meta({ description: 'By SKU, or by name where there is none; none to cancel.' }),
    ...wishes,
  })
  .superRefine(({ kind, order: named, lines }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', params: { code: 'required' }, message, path: [path] });
    if (kind === 'cancel' && named === null) issue('order', 'is needed to cancel it');
    if (kind !== 'cancel' && lines.length === 0) issue('lines', 'needs at least 1');
    lines.forEach(({ sku, product }, at) => {
      if (sku === null && product === null) issue(`lines.${at}`, 'needs a sku or a product');
    });
  });
export type PlaceRequestInput = z.output<typeof placeRequestInput>;

/** `POST /order-requests/{id}/answer` */
export const answerRequestInput = z.strictObject({
  order: noOrder.meta({
    description: 'The order that was recorded for it; of a request to cancel there is none.',
  }),
  text: freeText(NOTE_LENGTH_MAX),
});

/** `POST /order-requests/{id}/decline` */
export const declineRequestInput = z.strictObject({
  text: identifier(NOTE_LENGTH_MAX).meta({ description: 'Why, as the customer reads it.' }),
});

/** `GET /order-requests` */
export const requestsQuery = z.strictObject({
  state: z
    .enum(['waiting', 'decided'])
    .default('waiting')
    .meta({ description: 'Those that wait, unless given, or those that are decided.' }),
  cursor: pageCursor.optional(),
});

const orderAnswer = z.object({ source: z.string(), number: z.string() });

export const requestAnswer = z
  .object({
    id: z.string(),
    reference: z.string().meta({ description: 'What people say on the telephone.' }),
    kind: z.enum(requestKinds),
    state: z.enum(requestStates),
    at: instantAnswer,
    customerId: z.string(),
    accountId: z.string().meta({ description: 'The account or department it is for.' }),
    order: orderAnswer.nullable().meta({ description: 'The order to be had again, or to be cancelled.' }),
    ownReference: z.string().nullable(),
    wishedOn: z.string().nullable().meta({ format: 'date' }),
    note: z.string().nullable(),
    lines: z.array(
      z.object({
        sku: z.string().nullable(),
        product: z.string(),
        quantity: z.number(),
        price: moneyAnswer.nullable().meta({ description: 'Of one piece, as it was shown.' }),
      }),
    ),
    answer: z
      .object({
        at: instantAnswer,
        order: orderAnswer.nullable().meta({ description: 'The order that was recorded for it.' }),
        text: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'OrderRequest' });
export type RequestAnswer = z.output<typeof requestAnswer>;

export const placeRequestExample = {
  customer: '0198f3c2a4b87c1e9d5f6a7b8c9d0e1f',
  kind: 'again',
  lines: [{ sku: 'TEA-SENCHA-100', quantity: 4 }],
  ownReference: 'PO 2026-118',
  wishedOn: '2030-03-05',
};

export const answerRequestExample = {
  order: { source: 'till', number: 'A-17' },
  text: 'It leaves tomorrow.',
};

export const declineRequestExample = { text: 'We do not sell this any more.' };
