import {
  type CountedUpOrder,
  checkByHand,
  recordByHand,
  type TypedOrder,
} from '../functions/desk/console/orders/record-by-hand.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { attempt } from './attempt.ts';
import type { Messages } from './locale.ts';
import { type FieldRule, type FormError, fieldErrors } from './words/field-errors.ts';

/** Lines of the form; more are told by the API or a file, or asked for in a request. */
const FORM_LINES = 8;
const FORM_LINES_MAX = 100;

/** How many lines a form was made with. */
export const linesIn = (fields: ReadonlyMap<string, string>): number =>
  Math.min(Math.max(FORM_LINES, Number(fields.get('lines')) || 0), FORM_LINES_MAX);

/** What is chosen where an address is of somebody new. */
export const NEW_CUSTOMER = 'new';

/** An order as the form was sent. */
function readOrderForm(fields: ReadonlyMap<string, string>): TypedOrder {
  const value = (name: string) => fields.get(name) ?? '';
  // A choice belongs to the text it was offered for.
  const chosen = value('whoFor') === value('customer').trim() ? value('who') : '';
  return {
    key: value('key'),
    openedAt: Number(value('openedAt')),
    number: value('number'),
    placedOn: value('placedOn'),
    status: value('status'),
    promisedBy: value('promisedBy'),
    customer: value('customer'),
    customerId: chosen === NEW_CUSTOMER ? '' : chosen,
    isNewCustomer: chosen === NEW_CUSTOMER,
    account: value('account'),
    department: value('department'),
    shipping: value('shipping'),
    lines: Array.from({ length: linesIn(fields) }, (_, index) => ({
      product: value(`product-${index}`),
      sku: value(`sku-${index}`),
      category: value(`category-${index}`),
      quantity: value(`quantity-${index}`),
      price: value(`price-${index}`),
      discount: value(`discount-${index}`),
      isGiftCard: value(`gift-${index}`) === 'yes',
    })),
  };
}

/** What came of the form: recorded, counted to be seen before, or wrong in some fields. */
export type OrderFormOutcome =
  | { recorded: Awaited<ReturnType<typeof recordByHand>> }
  | { checked: CountedUpOrder }
  | { errors: readonly FormError[] };

/** Records what was typed, or only counts it. @throws what no field can mend */
export async function postOrder(
  ctx: Context,
  t: Messages,
  fields: ReadonlyMap<string, string>,
): Promise<OrderFormOutcome> {
  const typed = readOrderForm(fields);
  const work =
    fields.get('do') === 'show'
      ? checkByHand(ctx, typed).then((checked) => ({ checked }))
      : recordByHand(ctx, typed).then((recorded) => ({ recorded }));
  const done = await attempt(work, {
    validation_failed: null,
    order_contradicts: t.orders_new_number_taken(),
    order_of_another_account: t.orders_new_number_taken(),
    currency_not_set: t.owed_none(),
    sum_too_large: t.form_again(),
  });
  if (done.ok) return done.output;
  if (done.reason !== null) return { errors: [{ field: 'number', text: done.reason }] };
  return { errors: fieldErrors(t, done.errors, rulesOf(t, typed)) };
}

function rulesOf(t: Messages, { lines }: TypedOrder): Record<string, FieldRule> {
  const amount = t.orders_rule_amount();
  const filled = lines.flatMap((line, index) => (line.product === '' && line.price === '' ? [] : [index]));
  const ofLines = lines.flatMap((_, index): [string, FieldRule][] => [
    [`price-${index}`, { field: `price-${index}`, label: t.orders_line_price(), rule: amount }],
    [`discount-${index}`, { field: `discount-${index}`, label: t.orders_discount(), rule: amount }],
    [
      `quantity-${index}`,
      { field: `quantity-${index}`, label: t.orders_quantity(), rule: t.orders_rule_quantity() },
    ],
  ]);
  const ofInput = filled.map((form, index): [string, FieldRule] => [
    `lines.${index}`,
    {
      field: `price-${form}`,
      label: t.orders_line({ n: form + 1 }),
      rule: t.form_rule_length({ max: 200 }),
      byCode: {
        discount_exceeds_total: t.orders_rule_discount(),
        too_many_decimals: t.orders_rule_quantity(),
      },
    },
  ]);
  return {
    ...Object.fromEntries([...ofLines, ...ofInput]),
    number: { field: 'number', label: t.orders_new_number(), rule: t.form_rule_length({ max: 200 }) },
    placedOn: { field: 'placedOn', label: t.orders_new_placed(), rule: t.form_rule_day() },
    promisedBy: { field: 'promisedBy', label: t.orders_new_promised(), rule: t.form_rule_day() },
    account: { field: 'account', label: t.orders_move_account(), rule: t.form_rule_length({ max: 200 }) },
    department: {
      field: 'department',
      label: t.orders_move_department(),
      rule: t.form_rule_length({ max: 200 }),
      byCode: { account_missing: t.orders_rule_department_alone() },
    },
    shipping: { field: 'shipping', label: t.shipping(), rule: amount },
    customer: {
      field: 'customer',
      label: t.orders_col_customer(),
      rule: t.orders_rule_nobody(),
      byCode: { several_customers: t.orders_rule_choose(), new_customer: t.orders_rule_new() },
    },
  };
}
