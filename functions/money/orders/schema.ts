import { z } from 'zod';
import {
  currency,
  day,
  emailOfKnown,
  freeText,
  identifier,
  instant,
  issue,
  type MoneyInput,
  minor,
  money,
  optionalName,
  pageCursor,
  positiveMoney,
  webAddress,
} from '../../ground/platform/input.ts';
import { MAX_MINOR } from '../../ground/platform/money.ts';
import { eventStatuses, orderStatuses } from './statuses.ts';

/** What the API reads about orders (DOMAIN §4); past these schemas amounts are `bigint`, instants epoch milliseconds. */

const LINES_MAX = 500;
const QUANTITY_MAX = 1_000_000_000;
const NAME_LENGTH_MAX = 200;

export const orderSource = identifier(100);
export const orderNumber = identifier(NAME_LENGTH_MAX);
/** What names an order in a path: its business key. */
export const orderKey = z.object({
  source: orderSource.meta({
    description: 'Where the order was made, as it was recorded.',
    examples: ['till'],
  }),
  number: orderNumber.meta({ description: 'The order’s number within its source.', examples: ['A-17'] }),
});

const queryMinor = z
  .string()
  .regex(/^\d{1,14}$/)
  .transform(BigInt);

/** `GET /orders`. Those that are asked by anything but the time of recording come by when they were placed. */
export const listOrdersQuery = z.strictObject({
  recordedSince: instant.optional().meta({ description: 'Recorded here at this time or later.' }),
  recordedUntil: instant.optional().meta({ description: 'Recorded here before this time.' }),
  placedSince: instant.optional().meta({ description: 'Placed at this time or later.' }),
  placedUntil: instant.optional().meta({ description: 'Placed before this time.' }),
  status: z
    .enum(orderStatuses)
    .optional()
    .meta({ description: 'The state they are in, also one that follows from refunds.' }),
  source: orderSource.optional().meta({ description: 'Where they were made.' }),
  currency: currency
    .optional()
    .meta({ description: 'Only orders in it, by its ISO 4217 code; required with an amount.' }),
  amountFrom: queryMinor.optional().meta({
    description:
      'What they cost at least, in minor units of `currency`: less discounts, with shipping and tax.',
  }),
  amountTo: queryMinor.optional().meta({ description: 'What they cost at most, likewise.' }),
  late: z
    .literal('true')
    .optional()
    .meta({ description: '`true`: promised by a day that is over, and neither delivered nor cancelled.' }),
  cursor: pageCursor.optional(),
});
export type ListOrdersQuery = z.output<typeof listOrdersQuery>;

const status = z.enum(eventStatuses);

const line = z.strictObject({
  id: identifier(NAME_LENGTH_MAX),
  sku: optionalName(NAME_LENGTH_MAX),
  product: optionalName(500),
  category: optionalName(NAME_LENGTH_MAX),
  quantity: z
    .number()
    .positive()
    .max(QUANTITY_MAX)
    .refine(hasThreeDecimals, { params: { code: 'too_many_decimals' }, message: 'has at most 3 decimals' })
    .default(1),
  total: money,
  discount: money.optional(),
  giftCard: z.boolean().default(false),
});

/** Who bought: an email, what the source calls them (unique in that source), or both. */
const customer = z
  .strictObject({
    email: emailOfKnown.optional(),
    key: identifier(NAME_LENGTH_MAX).optional(),
    name: optionalName(NAME_LENGTH_MAX),
  })
  .refine(({ email, key }) => email !== undefined || key !== undefined, {
    params: { code: 'required' },
    message: 'needs an email or a key; leave the whole out where nobody knows who bought',
  });

/** `POST /orders/{source}/{number}/customer` */
export const giveOrderInput = z.strictObject({ customer });

const orderBody = z.strictObject({
  source: orderSource,
  number: orderNumber,
  placedAt: instant,
  currency,
  status: status.default('placed'),
  customer: customer.optional(),
  account: optionalName(NAME_LENGTH_MAX),
  department: optionalName(NAME_LENGTH_MAX),
  lines: z.array(line).min(1).max(LINES_MAX),
  shipping: money.nullish(),
  tax: money.nullish().describe('On top of the prices of the lines.'),
  taxIncluded: money
    .nullish()
    .describe('Inside the prices of the lines: told to the customer, part of no sum.'),
  promisedBy: day.nullish(),
});
type OrderBody = z.output<typeof orderBody>;

/** `POST /orders`. `total` of a line is before its `discount`; `quantityMilli` in thousandths. */
export const recordOrderInput = orderBody.superRefine(checkOrder).transform((order) => ({
  ...order,
  lines: order.lines.map(({ quantity, total, discount, ...rest }) => ({
    ...rest,
    quantityMilli: Math.round(quantity * 1000),
    total: minor(total),
    discount: discount === undefined ? 0n : minor(discount),
  })),
  shipping: order.shipping ? minor(order.shipping) : null,
  tax: order.tax ? minor(order.tax) : null,
  taxIncluded: order.taxIncluded ? minor(order.taxIncluded) : null,
  promisedBy: order.promisedBy ?? null,
}));
export type RecordOrderInput = z.output<typeof recordOrderInput>;

/** `POST /orders/{source}/{number}/events` */
export const orderEventInput = z.strictObject({
  id: identifier(NAME_LENGTH_MAX),
  source: orderSource,
  status,
  at: instant,
  note: freeText(2000),
  carrier: optionalName(100),
  trackingNumber: optionalName(NAME_LENGTH_MAX),
  trackingUrl: webAddress.nullish().transform((address) => address ?? null),
  parcel: optionalName(100),
});
export type OrderEventInput = z.output<typeof orderEventInput>;
/** The same as staff tell it in the console. */
export const handEventInput = orderEventInput.omit({ source: true });

const refundLines = z
  .array(z.strictObject({ line: identifier(NAME_LENGTH_MAX), amount: positiveMoney }))
  .min(1)
  .max(LINES_MAX)
  .superRefine((lines, context) => {
    refuseRepeated(
      lines.map((entry) => entry.line),
      (index) => context.addIssue(issue('duplicate', 'appears twice in this refund', [index, 'line'])),
    );
    lines.forEach(({ amount }, index) => {
      if (amount.currency !== lines[0]?.amount.currency) {
        context.addIssue(issue('other_currency', 'differs within the refund', [index, 'amount', 'currency']));
      }
    });
  });

/** `POST /orders/{source}/{number}/refunds`. All amounts are in `currency`, which has to be the order's. */
export const refundInput = z
  .strictObject({ id: identifier(NAME_LENGTH_MAX), at: instant, reason: freeText(2000), lines: refundLines })
  .transform((refund) => ({
    ...refund,
    currency: refund.lines[0]?.amount.currency ?? '',
    lines: refund.lines.map((entry) => ({ line: entry.line, amount: minor(entry.amount) })),
  }));
export type RefundInput = z.output<typeof refundInput>;

function checkOrder(order: OrderBody, context: z.RefinementCtx): void {
  const refuse = (code: string, message: string, path: PropertyKey[]) =>
    context.addIssue(issue(code, message, path));
  const checkCurrency = (amount: MoneyInput | null | undefined, path: PropertyKey[]) => {
    if (amount && amount.currency !== order.currency) {
      refuse('other_currency', `has to be the order's, ${order.currency}`, [...path, 'currency']);
    }
  };
  if (order.department !== null && order.account === null) {
    refuse('account_missing', 'needs the account it belongs to', ['department']);
  }
  checkCurrency(order.shipping, ['shipping']);
  checkCurrency(order.tax, ['tax']);
  checkCurrency(order.taxIncluded, ['taxIncluded']);
  order.lines.forEach(({ total, discount }, index) => {
    checkCurrency(total, ['lines', index, 'total']);
    checkCurrency(discount, ['lines', index, 'discount']);
    if (discount !== undefined && discount.amount > total.amount) {
      refuse('discount_exceeds_total', "is larger than the line's total", ['lines', index, 'discount']);
    }
  });
  const amounts = order.lines.map(({ total }) => total.amount);
  const max = Number(MAX_MINOR);
  if (amounts.every((amount) => amount <= max) && amounts.reduce((sum, amount) => sum + amount, 0) > max) {
    refuse('too_big', 'add up to more than an order may be worth, 10^13 minor units', ['lines']);
  }
  refuseRepeated(
    order.lines.map(({ id }) => id),
    (index) => refuse('duplicate', 'is the id of another line, too', ['lines', index, 'id']),
  );
}

function refuseRepeated(names: readonly string[], refuse: (index: number) => void): void {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    if (seen.has(name)) refuse(index);
    seen.add(name);
  });
}

export function hasThreeDecimals(quantity: number): boolean {
  return /^\d+(\.\d{1,3})?$/.test(String(quantity));
}
