import type { Decision } from '../../../ground/decision/decision.ts';
import { retrying } from '../../../ground/decision/retrying.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allowProven } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { assertNoDoubt, listDoubtsOf } from '../../ledger/doubts.ts';
import { type PayoutAnswer, toPayoutAnswer } from './answer.ts';
import { noPayout, toPayout } from './payout.ts';
import { findPayout, listOwedOfCause, listPayoutsByIds, type PayoutRow } from './queries.ts';
import { allowPaying, nextStep, payoutMoved, stateAfter } from './steps.ts';

/** More are marked by another press. */
const AT_ONCE_MAX = 100;

const contention = { subject: 'payout', key: 'payouts' };

/** How many were marked, were no longer to pay, and are held. */
export interface Marked {
  paid: number;
  moved: number;
  held: number;
}

/**
 * Says of some payouts and donations that they were paid or passed on, under one reference; the customers are told by mail.
 * `moved` are those that were no longer to pay, or of which more was done than the `steps` that were seen; payouts of
 * accounts whose books are in doubt are `held`.
 * @throws {AppError} `forbidden`, `scope_missing`, `unavailable`
 */
export async function markPaid(
  ctx: Context,
  { ids, reference, steps }: { ids: readonly string[]; reference: string | null; steps?: number },
): Promise<Marked> {
  allowPaying(ctx.actor);
  allowProven(ctx);
  const asked = [...new Set(ids)].slice(0, AT_ONCE_MAX);
  return retrying(ctx, contention, async () => {
    const rows = await listPayoutsByIds(ctx.db.fresh, { ids: JSON.stringify(asked) });
    const open = rows.filter(
      (row) => stateAfter(row.last) === 'to_pay' && (steps === undefined || row.steps === steps),
    );
    const accounts = JSON.stringify(open.map(({ accountId }) => accountId));
    const doubts = new Set((await listDoubtsOf(ctx.db.fresh, { ids: accounts })).map((one) => one.accountId));
    const payable = open.filter(({ kind, accountId }) => kind === 'donation' || !doubts.has(accountId));
    await writeDecision(ctx, { also: payable.map((row) => paying(ctx, row, reference)) });
    if (payable.length > 0) ctx.wakeMail('soon');
    const held = open.length - payable.length;
    return { paid: payable.length, moved: asked.length - open.length, held };
  });
}

export interface CausePayment {
  cause: string | null;
  currency: string;
  /** What was passed on, in minor units: what the page showed as owed. */
  owedMinor: bigint;
  reference: string | null;
}

/**
 * As {@link markPaid}, of all donations to a cause in one currency.
 * @throws {AppError} `payout_moved` when no longer just this sum is owed; `forbidden`, `scope_missing`, `unavailable`
 */
export async function markCausePaid(
  ctx: Context,
  { cause, currency, owedMinor, reference }: CausePayment,
): Promise<Marked> {
  allowPaying(ctx.actor);
  allowProven(ctx);
  const owed = await listOwedOfCause(ctx.db.fresh, { cause: cause ?? '', currency });
  if (owed.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) !== owedMinor) throw payoutMoved();
  const all = { paid: 0, moved: 0, held: 0 };
  for (let first = 0; first < owed.length; first += AT_ONCE_MAX) {
    const ids = owed.slice(first, first + AT_ONCE_MAX).map(({ id }) => id);
    const marked = await markPaid(ctx, { ids, reference });
    all.paid += marked.paid;
    all.moved += marked.moved;
    all.held += marked.held;
  }
  return all;
}

/**
 * Says of one that it was paid, as {@link markPaid}.
 * @throws {AppError} `not_found`, `payout_moved` when it is not to pay, `account_in_doubt`, `forbidden`, `scope_missing`, `unavailable`
 */
export async function recordPayment(
  ctx: Context,
  { id, reference }: { id: string; reference: string | null },
  options: Alongside<PayoutAnswer> = {},
): Promise<PayoutAnswer> {
  allowPaying(ctx.actor);
  allowProven(ctx);
  return retrying(ctx, contention, async () => {
    const row = await findPayout(ctx.db.fresh, { id });
    if (row === null) throw noPayout();
    if (stateAfter(row.last) !== 'to_pay') throw payoutMoved();
    if (row.kind === 'payout') await assertNoDoubt(ctx.db.fresh, row.accountId);
    const paid = { ...row, last: 'paid', lastAt: ctx.now(), lastReference: reference } as const;
    const answer = toPayoutAnswer(toPayout(paid, ctx.actor));
    await writeDecision(ctx, {
      ...paying(ctx, row, reference),
      beside: options.alongside?.(answer, 201) ?? [],
    });
    ctx.wakeMail('soon');
    return answer;
  });
}

function paying(ctx: Context, row: PayoutRow, reference: string | null): Decision {
  const { id, kind, accountId, steps, customerId } = row;
  const amount = { minor: row.amountMinor, currency: row.currency };
  const cause = kind === 'donation' ? row.reference : null;
  const params = { kind, amount, cause, reference, at: ctx.now() };
  return {
    rows: [nextStep(ctx, { redemptionId: id, steps, kind: 'paid', reference })],
    histories: [
      { rootId: accountId, kind: 'redemption_paid', detail: { redemption: id, amount: row.amountMinor } },
    ],
    letters: customerId === null ? [] : [{ template: 'payout_paid', params, customerId }],
    audit: { kind: 'redemption.handed_over', subjectKind: 'redemption', subjectId: id },
  };
}
