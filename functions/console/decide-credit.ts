import { insertInto } from '../../db/query.ts';
import { creditDecisions } from '../../db/schema/index.ts';
import { isConflictOn } from '../../db/store.ts';
import { adjust } from '../accounts/adjust.ts';
import { recordAct } from '../audit/record-act.ts';
import { assertNotOwn } from '../credits/assert-not-own.ts';
import { findRequest } from '../credits/queries.ts';
import { goodwillRows } from '../feedback/give-goodwill.ts';
import { allowRole } from '../platform/allow.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';

const insertDecision = insertInto(creditDecisions);

/**
 * A second person, a manager or an owner, agrees to credit that somebody asked to give or take, or declines it; once. What
 * was agreed moves the balance in the same write.
 * @throws {AppError} `already_decided`, `not_found`, `forbidden` (who asked), `credit_to_oneself`, as `adjust`
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
  const detail = { request: requestId, amount };
  const rows = [
    insertDecision({ requestId, outcome, at: ctx.now(), actor: actorName(ctx.actor) }),
    recordAct(ctx, { act: `credit.${outcome}`, subjectKind: 'account', subjectId: accountId, detail }),
  ];
  try {
    if (outcome === 'declined') {
      await ctx.db.write(rows);
      return;
    }
    await adjust(
      ctx,
      { account: accountId, amount, reason },
      {
        alongside: async (adjustmentId) => [
          ...rows,
          ...(feedbackId === null
            ? []
            : await goodwillRows(ctx, { feedbackId, key: requestId, amount, adjustmentId })),
        ],
      },
    );
  } catch (error) {
    if (isConflictOn(error, 'credit_decisions')) throw decided();
    throw error;
  }
}

const decided = () => new AppError('already_decided', 'Somebody has decided this already.');
