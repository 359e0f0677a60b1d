import { type CheckedSale, checkSale, ringUp } from '../functions/desk/console/till/ring-up.ts';
import type { TypedSale } from '../functions/desk/console/till/typed-sale.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { normalEmail } from '../functions/ground/platform/email.ts';
import type { Sold } from '../functions/money/till/sale.ts';
import { attempt } from './attempt.ts';
import type { Messages } from './locale.ts';
import { type FieldRule, type FormError, fieldErrors } from './words/field-errors.ts';

/** Tells a voucher's box from the form's other fields. */
export const VOUCHER_FIELD = 'voucher-';
const PARTS_MAX = 6;

/** What came of the till's form. `isChanged`: it was to be recorded, and is not what was shown before. */
export type TillOutcome =
  | { sold: Sold }
  | { checked: CheckedSale; isChanged: boolean }
  | { errors: readonly FormError[] };

/** A sale as the form was sent. */
function readTillForm(fields: ReadonlyMap<string, string>): TypedSale {
  const value = (name: string) => fields.get(name) ?? '';
  return {
    key: value('key'),
    customerId: value('customer'),
    email: normalEmail(value('email')) ?? '',
    accountId: value('account'),
    amount: value('amount'),
    parts: Array.from({ length: PARTS_MAX }, (_, index) => value(`part-${index}`)),
    vouchers: [...fields.keys()].flatMap((name) =>
      name.startsWith(VOUCHER_FIELD) ? [name.slice(VOUCHER_FIELD.length)] : [],
    ),
    credit: value('creditAll') === 'yes' ? 'all' : value('creditAmount') === '' ? 'none' : 'part',
    creditAmount: value('creditAmount'),
    shown: value('shown'),
  };
}

/** Works out what was typed or, once that was seen, records it. @throws what nobody can mend */
export async function postSale(
  ctx: Context,
  t: Messages,
  fields: ReadonlyMap<string, string>,
): Promise<TillOutcome> {
  const typed = readTillForm(fields);
  const isRecording = fields.get('do') === 'record';
  const work = isRecording ? ringUp(ctx, typed) : checkSale(ctx, typed).then((checked) => ({ checked }));
  const short = t.form_rule({ field: t.till_credit_amount(), rule: t.till_rule_short() });
  const gone = t.form_rule({ field: t.till_vouchers(), rule: t.till_rule_vouchers_gone() });
  const done = await attempt(work, {
    validation_failed: null,
    insufficient_balance: { field: 'creditAmount', text: short },
    voucher_used: { field: 'vouchers', text: gone },
    voucher_expired: { field: 'vouchers', text: gone },
    voucher_cancelled: { field: 'vouchers', text: gone },
    order_contradicts: { field: 'main', text: t.till_again() },
    order_of_another_account: { field: 'main', text: t.till_again() },
    not_found: { field: 'main', text: t.till_gone() },
    currency_not_set: { field: 'main', text: t.owed_none() },
    sum_too_large: { field: 'main', text: t.form_again() },
  });
  if (!done.ok) return { errors: done.reason ? [done.reason] : fieldErrors(t, done.errors, rulesOf(t)) };
  if ('sold' in done.output) return done.output;
  return { ...done.output, isChanged: isRecording };
}

function rulesOf(t: Messages): Record<string, FieldRule> {
  const amount = t.orders_rule_amount();
  const parts = Array.from({ length: PARTS_MAX }, (_, index): [string, FieldRule] => [
    `part-${index}`,
    { field: `part-${index}`, label: t.till_parts(), rule: amount },
  ]);
  return {
    ...Object.fromEntries(parts),
    amount: {
      field: 'amount',
      label: t.till_price(),
      rule: amount,
      byCode: { parts_exceed: t.till_rule_parts() },
    },
    creditAmount: {
      field: 'creditAmount',
      label: t.till_credit_amount(),
      rule: amount,
      byCode: { too_big: t.till_rule_left(), insufficient: t.till_rule_short() },
    },
    vouchers: {
      field: 'vouchers',
      label: t.till_vouchers(),
      rule: t.till_rule_vouchers_gone(),
      byCode: { not_needed: t.till_rule_spare() },
    },
    order: { field: 'vouchers', label: t.till_vouchers(), rule: t.till_rule_minimum() },
    lines: { field: 'amount', label: t.till_price(), rule: amount },
  };
}
