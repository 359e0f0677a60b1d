import { z } from 'zod';
import { instantAnswer, moneyAnswer } from '../../ground/platform/answer.ts';
import { leftOutReasons } from '../rewards/types.ts';
import { listedOrderExample, orderAnswerExample } from './examples.ts';
import { eventStatuses, orderStatuses } from './statuses.ts';

const lineAnswer = z.object({
  id: z.string(),
  sku: z.string().nullable(),
  product: z.string().nullable(),
  category: z.string().nullable(),
  quantity: z.number(),
  total: moneyAnswer,
  discount: moneyAnswer,
  giftCard: z.boolean(),
});

const orderEventAnswer = z.object({
  id: z.string(),
  source: z.string(),
  status: z.enum(eventStatuses),
  at: instantAnswer,
  note: z.string().nullable(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  trackingUrl: z.string().nullable(),
  parcel: z.string().nullable(),
});

const refundAnswer = z.object({
  id: z.string(),
  at: instantAnswer,
  reason: z.string().nullable(),
  lines: z.array(z.object({ line: z.string(), amount: moneyAnswer })),
});

/** Why a line counts nothing; `no_customer`: it waits for somebody to say whose it is. */
const countReasons = [...leftOutReasons, 'no_customer'] as const;

/** What an order earned: `earned` is settled, `pending` not yet; `lines` say what counted, or why not. */
const orderRewardsAnswer = z.object({
  earned: moneyAnswer,
  pending: moneyAnswer,
  lines: z.array(
    z.object({ line: z.string(), counted: moneyAnswer, reason: z.enum(countReasons).nullable() }),
  ),
});

/** Order of DOMAIN §4, as it leaves the house. */
export const orderAnswer = z
  .object({
    id: z.string(),
    source: z.string(),
    number: z.string(),
    placedAt: instantAnswer,
    currency: z.string(),
    status: z.enum(orderStatuses),
    /** Null while nobody knows whose it is; it then waits under `receiptCode`. */
    customerId: z.string().nullable(),
    /** Of who has no email, the key by which the order's source knows them. */
    customer: z
      .object({ email: z.string().nullable(), key: z.string().nullable(), name: z.string().nullable() })
      .nullable(),
    accountId: z.string().nullable(),
    receiptCode: z.string().nullable(),
    account: z.string().nullable(),
    department: z.string().nullable(),
    lines: z.array(lineAnswer),
    shipping: moneyAnswer.nullable(),
    tax: moneyAnswer.nullable(),
    taxIncluded: moneyAnswer.optional().describe('Inside the prices of the lines, part of no sum.'),
    promisedBy: z.string().nullable(),
    events: z.array(orderEventAnswer),
    refunds: z.array(refundAnswer),
    refunded: moneyAnswer,
    rewards: orderRewardsAnswer,
  })
  .meta({ id: 'Order', examples: [orderAnswerExample] });

/** What an order would bring. `vouchers` is the part of `earned` that is paid in vouchers at once. */
export const orderPreviewAnswer = z
  .object({
    customerId: z.string().nullable().describe('Null for somebody who would be new.'),
    rewards: orderRewardsAnswer,
    vouchers: moneyAnswer,
    balance: z.object({ before: moneyAnswer, after: moneyAnswer }),
  })
  .meta({ id: 'OrderPreview' });
export type OrderPreviewAnswer = z.infer<typeof orderPreviewAnswer>;

/** An order of a list: what it earned is told of one order at a time. */
export const listedOrderAnswer = orderAnswer
  .omit({ rewards: true })
  .meta({ id: 'ListedOrder', examples: [listedOrderExample] });
export type ListedOrder = z.infer<typeof listedOrderAnswer>;

export type OrderAnswer = z.infer<typeof orderAnswer>;
