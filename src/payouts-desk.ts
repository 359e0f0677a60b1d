import type { Context } from '../functions/ground/platform/context.ts';
import { type Marked, markCausePaid, markPaid } from '../functions/money/redemptions/payouts/mark-paid.ts';
import { returnPayout } from '../functions/money/redemptions/payouts/return-payout.ts';
import { payoutMoved } from '../functions/money/redemptions/payouts/steps.ts';
import { undoPayment } from '../functions/money/redemptions/payouts/undo-payment.ts';
import { attempt } from './attempt.ts';
import type { Messages } from './locale.ts';
import type { FormError } from './words/field-errors.ts';

type Fields = ReadonlyMap<string, string>;

const REFERENCE_LENGTH_MAX = 200;
const referenceIn = (fields: Fields) => fields.get('reference')?.slice(0, REFERENCE_LENGTH_MAX) || null;

/**
 * Marks what a form of the list has ticked, or its one pressed button names; null when that is nothing.
 * @throws {AppError} `payout_moved` when a cause is owed another sum than the page said
 */
export async function postToPayouts(ctx: Context, fields: Fields): Promise<Marked | null> {
  const reference = referenceIn(fields);
  const currency = fields.get('currency');
  if (currency !== undefined) {
    const cause = fields.get('has_cause') === 'yes' ? (fields.get('cause') ?? '') : null;
    const owed = fields.get('owed') ?? '';
    return markCausePaid(ctx, {
      ...{ cause, currency, reference },
      owedMinor: /^\d{1,18}$/.test(owed) ? BigInt(owed) : 0n,
    });
  }
  const only = fields.get('only');
  const ids = only
    ? [only]
    : [...fields].flatMap(([name, value]) => (name.startsWith('payout-') ? [value] : []));
  return ids.length === 0 ? null : markPaid(ctx, { ids, reference });
}

export const payoutActs = ['paid', 'undone', 'returned'] as const;
export type PayoutActed = (typeof payoutActs)[number];

/** What came of a form of one payout's page: done, wrong, or to be confirmed. */
export type PayoutOutcome = { done: PayoutActed } | { errors: FormError[] } | { confirm: string };

/** Does what a form of one payout's page asks for. @throws what no field can mend */
export async function postToPayout(
  ctx: Context,
  t: Messages,
  { id, fields }: { id: string; fields: Fields },
): Promise<PayoutOutcome> {
  const main = (text: string): FormError => ({ field: 'main', text });
  const moved = { payout_moved: main(t.payouts_moved()), already_reversed: main(t.payouts_moved()) };
  const done = await attempt(act(ctx, t, { id, fields }), {
    ...moved,
    '.reason': { field: 'reason', text: t.payouts_reason_rule() },
  });
  return done.ok ? done.output : { errors: [done.reason] };
}

async function act(
  ctx: Context,
  t: Messages,
  { id, fields }: { id: string; fields: Fields },
): Promise<PayoutOutcome> {
  const steps = Number(fields.get('steps') ?? 0);
  if (fields.get('do') === 'undo') {
    await undoPayment(ctx, { id, steps });
    return { done: 'undone' };
  }
  if (fields.get('do') === 'pay') {
    const { moved, held } = await markPaid(ctx, { ids: [id], reference: referenceIn(fields), steps });
    if (held > 0) return { errors: [{ field: 'main', text: t.payouts_held() }] };
    if (moved > 0) throw payoutMoved();
    return { done: 'paid' };
  }
  const reason = fields.get('reason') ?? '';
  if (fields.get('confirmed') !== 'yes' && reason !== '') return { confirm: reason };
  await returnPayout(ctx, { id, steps, reason });
  return { done: 'returned' };
}
