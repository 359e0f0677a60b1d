import { instantText } from '../functions/ground/platform/answer.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { currencyExponent, parseDecimal } from '../functions/ground/platform/money.ts';
import { parseInput, refuseFields } from '../functions/ground/platform/parse-input.ts';
import { refundByHand, tellByHand, withdrawByHand } from '../functions/money/orders/by-hand.ts';
import { moveOrder } from '../functions/money/orders/move-order.ts';
import type { Order } from '../functions/money/orders/order.ts';
import { addEvent, addRefund, type OrderAddition } from '../functions/money/orders/order-addition.ts';
import { type ChangePreview, previewChange } from '../functions/money/orders/preview-change.ts';
import { handEventInput, refundInput } from '../functions/money/orders/schema.ts';
import { attempt } from './attempt.ts';
import type { Messages } from './locale.ts';
import { type FieldRule, type FormError, fieldErrors } from './words/field-errors.ts';

export const orderActs = ['recorded', 'told', 'refunded', 'withdrawn', 'moved'] as const;
export type OrderActed = (typeof orderActs)[number];

/** What came of a form: done, wrong in some fields, or to be confirmed with what it would change. */
export type OrderActOutcome =
  | { done: OrderActed }
  | { errors: readonly FormError[] }
  | { confirm: 'refund' | 'cancel'; preview: ChangePreview };

interface Posted {
  order: { source: string; number: string };
  /** Of what is refunded: the lines as the page numbers them. */
  lines: readonly string[];
  currency: string;
  fields: ReadonlyMap<string, string>;
}

/** Does what a form of an order's page asks for. @throws what no field can mend */
export async function postToOrder(ctx: Context, t: Messages, posted: Posted): Promise<OrderActOutcome> {
  const done = await attempt(act(ctx, posted), {
    validation_failed: null,
    refund_exceeds_line: 'line',
    sum_too_large: 'main',
  });
  if (done.ok) return done.output;
  if (done.reason === 'line') return { errors: [{ field: 'line-0', text: t.orders_refund_too_much() }] };
  if (done.reason === 'main') return { errors: [{ field: 'main', text: t.form_again() }] };
  return { errors: fieldErrors(t, done.errors, rulesOf(t)) };
}

async function act(ctx: Context, posted: Posted): Promise<OrderActOutcome> {
  const value = (name: string) => posted.fields.get(name) ?? '';
  const id = value('key');
  const { order } = posted;
  const isConfirmed = value('confirmed') === 'yes';
  switch (value('do')) {
    case 'refund': {
      const refund = readRefund(ctx, posted);
      if (isConfirmed) await refundByHand(ctx, { ...order, refund });
      else return confirming(ctx, posted, 'refund', (kept) => addRefund(kept, refund));
      return { done: 'refunded' };
    }
    case 'withdraw':
      await withdrawByHand(ctx, { ...order, eventId: value('event') });
      return { done: 'withdrawn' };
    case 'move':
      await moveOrder(ctx, {
        ...order,
        key: id,
        email: value('email'),
        account: value('account') || null,
        department: value('department') || null,
        reason: value('reason').slice(0, 500) || null,
      });
      return { done: 'moved' };
    default: {
      const event = readEvent(ctx, posted);
      const told = { ...event, source: 'console' };
      if (event.status === 'cancelled' && !isConfirmed)
        return confirming(ctx, posted, 'cancel', (kept) => addEvent(kept, told));
      await tellByHand(ctx, { ...order, event });
      return { done: 'told' };
    }
  }
}

async function confirming(
  ctx: Context,
  { order }: Posted,
  confirm: 'refund' | 'cancel',
  find: (kept: Order) => OrderAddition | null,
): Promise<OrderActOutcome> {
  return { confirm, preview: await previewChange(ctx, order, find) };
}

function readEvent(ctx: Context, { fields }: Posted) {
  const text = (name: string) => fields.get(name) || null;
  return parseInput(handEventInput, {
    id: text('key') ?? '',
    status: text('status') ?? '',
    at: instantText(ctx.now()),
    note: text('note'),
    carrier: text('carrier'),
    trackingNumber: text('trackingNumber'),
    trackingUrl: text('trackingUrl'),
    parcel: text('parcel'),
  });
}

function readRefund(ctx: Context, { lines, currency, fields }: Posted) {
  const exponent = currencyExponent(currency) ?? 2;
  const amounts = lines.map((line, index) => {
    const text = (fields.get(`line-${index}`) ?? '').trim().replace(',', '.');
    const parsed = text === '' ? null : parseDecimal(text, exponent);
    return { line, field: `line-${index}`, parsed };
  });
  refuseFields(
    amounts
      .filter(({ parsed }) => parsed !== null && !parsed.ok)
      .map(({ field }) => ({ path: field, code: 'invalid_amount', message: 'has to be an amount' })),
  );
  const given = amounts.flatMap(({ line, parsed }) =>
    parsed?.ok && parsed.minor > 0n ? [{ line, minor: parsed.minor }] : [],
  );
  if (given.length === 0) refuseFields([{ path: 'line-0', code: 'required', message: 'is required' }]);
  return parseInput(refundInput, {
    id: fields.get('key') ?? '',
    at: instantText(ctx.now()),
    reason: fields.get('reason') || null,
    lines: given.map(({ line, minor }) => ({ line, amount: { amount: Number(minor), currency } })),
  });
}

function rulesOf(t: Messages): Record<string, FieldRule> {
  const short = t.form_rule_length({ max: 200 });
  const lines = Array.from({ length: 500 }, (_, index): [string, FieldRule] => [
    `line-${index}`,
    {
      field: `line-${index}`,
      label: t.orders_refund_amount(),
      rule: t.orders_rule_amount(),
      byCode: { required: t.orders_refund_none() },
    },
  ]);
  return {
    ...Object.fromEntries(lines),
    status: {
      field: 'status',
      label: t.orders_tell_state(),
      rule: t.orders_rule_state(),
      byCode: {
        order_cancelled: t.orders_rule_cancelled(),
        not_held: t.orders_rule_not_held(),
        held_already: t.orders_rule_held(),
      },
    },
    note: { field: 'note', label: t.orders_tell_note(), rule: t.form_rule_length({ max: 2000 }) },
    carrier: { field: 'carrier', label: t.orders_tell_carrier(), rule: short },
    trackingNumber: { field: 'trackingNumber', label: t.orders_tell_tracking(), rule: short },
    trackingUrl: { field: 'trackingUrl', label: t.orders_tell_link(), rule: t.orders_rule_link() },
    parcel: { field: 'parcel', label: t.orders_tell_parcel(), rule: short },
    reason: { field: 'reason', label: t.orders_reason(), rule: t.form_rule_length({ max: 2000 }) },
    email: {
      field: 'email',
      label: t.orders_move_email(),
      rule: t.orders_rule_email(),
      byCode: { unknown_customer: t.orders_rule_customer() },
    },
    account: { field: 'account', label: t.orders_move_account(), rule: t.orders_rule_account() },
    department: { field: 'department', label: t.orders_move_department(), rule: t.orders_rule_department() },
  };
}
