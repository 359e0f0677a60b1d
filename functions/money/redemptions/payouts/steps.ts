import { insertInto } from '../../../../db/query.ts';
import { payoutSteps } from '../../../../db/schema/index.ts';
import type { Statement } from '../../../../db/store.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { type Actor, actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';

/** What a refused write names when somebody else took a step of the same payout meanwhile. */
export const payoutConflicts = ['payout_steps', 'redemption_reversed'] as const;

export const payoutKinds = ['payout', 'donation'] as const;
export type PayoutKind = (typeof payoutKinds)[number];

/** `to_pay` waits for the business; `returned` went back to the balance for good. */
export const payoutStates = ['to_pay', 'paid', 'returned'] as const;
export type PayoutState = (typeof payoutStates)[number];

export type StepKind = (typeof payoutSteps.kind.enumValues)[number];

/** Payouts and donations that are neither paid nor returned. */
export const owedRows = 'SELECT redemption_id AS id FROM open_payouts';

/** The same with what they come to, asked for last coming first. */
export const listedOwed = `SELECT r.id, r.kind, r.amount_minor, r.currency FROM open_payouts AS o
  CROSS JOIN redemptions AS r ON r.id = o.redemption_id ORDER BY o.at DESC, o.redemption_id DESC`;

/** What is so after the last step; null before the first. */
export function stateAfter(last: StepKind | null): PayoutState {
  return last === null || last === 'unpaid' ? 'to_pay' : last;
}

const insertStep = insertInto(payoutSteps);

/** The next step of a payout behind `steps` that were seen. */
export function nextStep(
  ctx: Pick<Context, 'actor' | 'now'>,
  step: { redemptionId: string; steps: number; kind: StepKind; reference?: string | null },
): Statement {
  const { redemptionId, steps, kind, reference = null } = step;
  return insertStep({
    redemptionId,
    seq: steps + 1,
    kind,
    reference,
    at: ctx.now(),
    actor: actorName(ctx.actor),
  });
}

/** Money leaves the business by a word of its owner, a manager or a program with the scope. @throws {AppError} `forbidden` */
export function allowPaying(actor: Actor): void {
  allow(actor, 'redemptions:write');
  if (actor.kind === 'staff' && actor.role === 'agent')
    throw new AppError('forbidden', 'An owner or a manager pays.');
}

export const payoutMoved = () =>
  new AppError('payout_moved', 'It was paid, undone or returned meanwhile, or there is nothing of it to do.');
