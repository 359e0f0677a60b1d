import { allow } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { changeCase, noFeedback } from '../change-case.ts';
import { findFeedback } from '../queries.ts';
import type { CaseAct } from '../staff-case.ts';
import { getCauseRow, toDecision } from './change-cause.ts';
import { reopening } from './close-cause.ts';
import { hasComeBack } from './has-come-back.ts';
import { openCause } from './open-cause.ts';
import { listTeamOn } from './tell-team.ts';

/** What a case comes from: a cause that is known, a new one by its name, or none yet. */
export type CauseChoice = { kind: 'known'; id: string } | { kind: 'named'; name: string } | { kind: 'none' };

/** What became of it: whether the cause had been called mended, and is open again. */
export interface CauseSet {
  causeId: string | null;
  isReopened: boolean;
}

/**
 * Says what a case comes from; a name that no cause has yet makes one. What was said after its cause was called mended opens that
 * again: nothing of it is shown in public any longer, and whoever sees to it is told by mail.
 * @throws {AppError} `not_found`, `validation_failed`, `forbidden`
 */
export async function setCause(
  ctx: Context,
  { choice, ...act }: CaseAct & { choice: CauseChoice },
  options: Alongside<CauseSet> = {},
): Promise<CauseSet> {
  allow(ctx.actor, 'feedback:write');
  if ((await findFeedback(ctx.db.fresh, { id: act.feedbackId })) === null) throw noFeedback();
  const causeId = await causeOf(ctx, choice);
  const { timeZone } = await getBusiness(ctx);
  const team = await listTeamOn(ctx.db, dayOf(ctx.now(), timeZone));
  let isReopened = false;
  await changeCase(ctx, act, async (row) => {
    const cause = causeId === null ? null : await getCauseRow(ctx, causeId);
    const now = ctx.now();
    const said = { at: row.at, saidOn: row.mention?.saidOn ?? null };
    const isBack = cause !== null && hasComeBack(cause, said, timeZone);
    isReopened = isBack;
    return {
      events: [{ kind: 'cause_set', subjectId: causeId }],
      audit: { kind: 'feedback.cause_set', detail: { cause: causeId } },
      also: isBack ? [toDecision(ctx, { cause, now }, reopening(cause, { feedback: row, team }))] : [],
      beside: options.alongside?.({ causeId, isReopened }, 200) ?? [],
    };
  });
  if (isReopened) ctx.wakeMail('soon');
  return { causeId, isReopened };
}

async function causeOf(ctx: Context, choice: CauseChoice): Promise<string | null> {
  if (choice.kind === 'none') return null;
  if (choice.kind === 'named') return openCause(ctx, choice);
  return (await getCauseRow(ctx, choice.id)).id;
}
