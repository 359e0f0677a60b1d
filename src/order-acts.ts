import { endOrderLinks } from '../functions/desk/tracking/end-links.ts';
import { instantText } from '../functions/ground/platform/answer.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { currencyExponent, parseDecimal } from '../functions/ground/platform/money.ts';
import { parseInput, refuseFields } from '../functions/ground/platform/parse-input.ts';
import { BY_HAND, refundByHand, tellByHand, withdrawByHand } from '../functions/money/orders/by-hand.ts';
import { holdReasons, withdrawReasons } from '../functions/money/orders/hand-reasons.ts';
import { moveOrder } from '../functions/money/orders/move-order.ts';
import type { Order } from '../functions/money/orders/order.ts';
import {
  addEvent,
  addRefund,
  type OrderAddition,
  withdrawEvents,
} from '../functions/money/orders/order-addition.ts';
import { type ChangePreview, previewChange } from '../functions/money/orders/preview-change.ts';
import { handEventInput, type RefundInput, refundInput } from '../functions/money/orders/schema.ts';
import { isStepBack } from '../functions/money/orders/way.ts';
import { attempt } from './attempt.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import { type FieldRule, type FormError, fieldErrors } from './words/field-errors.ts';

export const orderActs = ['recorded', 'told', 'refunded', 'withdrawn', 'moved', 'links'] as const;
export type OrderActed = (typeof orderActs)[number];

/** What is asked before an act: what it would change, and of a refund what it gives back on which line. */
export interface OrderQuestion {
  confirm: 'refund' | 'cancel' | 'back' | 'hold' | 'withdraw';
  preview: ChangePreview;
  given: readonly { line: string; minor: bigint }[];
  /** Confirmed without the reason that it needs. */
  isReasonMissing: boolean;
}

/** What came of a form: done, wrong in some fields, or to be confirmed. */
export type OrderActOutcome = { done: OrderActed } | { errors: readonly FormError[] } | OrderQuestion;

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
      else
        return confirming(ctx, posted, {
          confirm: 'refund',
          refund,
          find: (kept) => addRefund(kept, refund),
        });
      return { done: 'refunded' };
    }
    case 'withdraw':
      return withdraw(ctx, posted);
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
    case 'links':
      await endOrderLinks(ctx, order);
      return { done: 'links' };
    default:
      return tell(ctx, posted);
  }
}

/** A state; before one that takes rewards, goes back on the way or holds the order, it is asked. */
async function tell(ctx: Context, posted: Posted): Promise<OrderActOutcome> {
  const event = readEvent(ctx, posted);
  const reason = oneOf(posted.fields.get('why') ?? null, holdReasons);
  const isHold = event.status === 'on_hold';
  if (posted.fields.get('confirmed') !== 'yes' || (isHold && reason === null)) {
    let isBack = false;
    const asked = await confirming(ctx, posted, {
      confirm: isHold ? 'hold' : event.status === 'cancelled' ? 'cancel' : 'back',
      find: (kept) => {
        isBack = isStepBack(kept.events, event);
        return addEvent(kept, { ...event, source: BY_HAND });
      },
    });
    if (asked.confirm !== 'back' || isBack) return asked;
  }
  await tellByHand(ctx, { ...posted.order, event, reason });
  return { done: 'told' };
}

async function withdraw(ctx: Context, posted: Posted): Promise<OrderActOutcome> {
  const eventId = posted.fields.get('event') ?? '';
  const reason = oneOf(posted.fields.get('why') ?? null, withdrawReasons);
  if (posted.fields.get('confirmed') !== 'yes' || reason === null) {
    let isThere = false;
    const asked = await confirming(ctx, posted, {
      confirm: 'withdraw',
      find: (kept) => {
        const addition = withdrawEvents(kept, { source: BY_HAND, eventIds: [eventId] }, ctx.now());
        isThere = addition !== null;
        return addition;
      },
    });
    if (isThere) return asked;
  }
  await withdrawByHand(ctx, { ...posted.order, eventId, reason });
  return { done: 'withdrawn' };
}

async function confirming(
  ctx: Context,
  { order, fields }: Posted,
  asked: {
    confirm: OrderQuestion['confirm'];
    refund?: RefundInput;
    find: (kept: Order) => OrderAddition | null;
  },
): Promise<OrderQuestion> {
  return {
    confirm: asked.confirm,
    preview: await previewChange(ctx, order, asked.find),
    given: (asked.refund?.lines ?? []).map(({ line, amount }) => ({ line, minor: amount })),
    isReasonMissing: fields.get('confirmed') === 'yes',
  };
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
