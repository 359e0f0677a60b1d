import { insertInto } from '../../../db/query.ts';
import { creditDecisions } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getBusiness } from '../../money/business/business.ts';
import { assertNotOwn } from '../../money/credits/assert-not-own.ts';
import { findRequest } from '../../money/credits/find-request.ts';
import { allowLargeCredit } from '../../money/credits/limits.ts';
import { adjust } from '../../money/ledger/adjust.ts';
import { decideGoodwill } from '../../voice/feedback/give-goodwill.ts';

const insertDecision = insertInto(creditDecisions);

/**
 * A second person, a manager or an owner, agrees to credit that somebody asked to give or take, or declines it; once. What
 * was agreed moves the balance in the same write.
 * @throws {AppError} `already_decided`, `not_found`, `forbidden` (who asked), `credit_to_oneself`, as `adjust`, `proof_needed` above the limit
 * of a manager
 */
export async function decideCredit(
  ctx: Context,
  { requestId, outcome }: { requestId: string; outcome: 'agreed' | 'declined' },
): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const request = await findRequest(ctx.db.fresh, { id: requestId });
  if (request === null) throw new AppError('not_found', 'There is no such request.');
  if (!request.isOpen) throw decided();
  const { accountId, amountMinor: amount, reason, feedbackId } = request;
  if (ctx.actor.kind === 'staff') {
    if (ctx.actor.id === request.staffId) throw new AppError('forbidden', 'Somebody else has to agree.');
    await assertNotOwn(ctx, { staffId: ctx.actor.id, accountId });
  }
  if (outcome === 'agreed') allowLargeCredit(ctx, await getBusiness(ctx), amount);
  const detail = { request: requestId, amount };
  const decision: Decision = {
    rows: [insertDecision({ requestId, outcome, at: ctx.now(), actor: actorName(ctx.actor) })],
    audit: { kind: `credit.${outcome}`, subjectKind: 'account', subjectId: accountId, detail },
  };
  try {
    if (outcome === 'declined') return await writeDecision(ctx, decision);
    await adjust(
      ctx,
      { account: accountId, amount, reason },
      {
        also: async (adjustmentId) => [
          decision,
          ...(feedbackId === null
            ? []
            : [await decideGoodwill(ctx, { feedbackId, key: requestId, amount, adjustmentId })]),
        ],
      },
    );
  } catch (error) {
    if (isConflictOn(error, 'credit_decisions')) throw decided();
    throw error;
  }
}

const decided = () => new AppError('already_decided', 'Somebody has decided this already.');
