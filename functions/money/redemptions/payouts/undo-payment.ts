import { retrying } from '../../../ground/decision/retrying.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allowProven } from '../../../ground/platform/allow.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../business/business.ts';
import { noPayout } from './payout.ts';
import { findPayout } from './queries.ts';
import { allowPaying, nextStep, payoutMoved } from './steps.ts';

/**
 * Says that a payment was not made after all, on the business day it was told and while nothing else came after it; the
 * customer, who was told of it, is told so.
 * @throws {AppError} `not_found`, `payout_moved`, `forbidden`, `scope_missing`, `unavailable`
 */
export async function undoPayment(ctx: Context, { id, steps }: { id: string; steps: number }): Promise<void> {
  allowPaying(ctx.actor);
  allowProven(ctx);
  const { timeZone } = await getBusiness(ctx);
  await retrying(ctx, { subject: 'payout', key: 'payouts' }, async () => {
    const row = await findPayout(ctx.db.fresh, { id });
    if (row === null) throw noPayout();
    const { last, lastAt, kind, customerId, amountMinor } = row;
    if (last !== 'paid' || row.steps !== steps || !isUndoable(lastAt, ctx.now(), timeZone))
      throw payoutMoved();
    const params = {
      kind,
      amount: { minor: amountMinor, currency: row.currency },
      cause: kind === 'donation' ? row.reference : null,
    };
    await writeDecision(ctx, {
      rows: [nextStep(ctx, { redemptionId: id, steps, kind: 'unpaid' })],
      histories: [
        {
          rootId: row.accountId,
          kind: 'redemption_unpaid',
          detail: { redemption: id, amount: amountMinor },
        },
      ],
      letters: customerId === null ? [] : [{ template: 'payout_unpaid', params, customerId }],
      audit: { kind: 'redemption.payment_undone', subjectKind: 'redemption', subjectId: id },
    });
    ctx.wakeMail('soon');
  });
}

/** Whether it was paid on the business day of now. */
export function isUndoable(paidAt: number | null, now: number, timeZone: string): boolean {
  return paidAt !== null && dayOf(paidAt, timeZone) === dayOf(now, timeZone);
}
