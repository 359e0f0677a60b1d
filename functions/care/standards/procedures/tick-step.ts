import { insertInto } from '../../../../db/query.ts';
import { procedureTicks } from '../../../../db/schema/index.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { getProcedureProgress, type ProcedureAbout } from './get-progress.ts';

const insertTick = insertInto(procedureTicks);

/**
 * Says that a step of the procedure was done for a case or a contact, or was not after all. Ticked twice is ticked once.
 * @throws {AppError} `not_found` for a step that the procedure does not have, or that ticks itself; `forbidden` for a step that is
 * not theirs, `scope_missing`
 */
export async function tickStep(
  ctx: Context,
  { stepId, isDone, ...subject }: ProcedureAbout & { stepId: string; isDone: boolean },
): Promise<void> {
  allow(ctx.actor, subject.about === 'case' ? 'feedback:write' : 'contacts:write');
  const progress = await getProcedureProgress({ ...ctx, db: ctx.db.fresh }, subject);
  const step = progress?.steps.find(({ id }) => id === stepId);
  if (step === undefined || step.proof !== null)
    throw new AppError('not_found', 'There is no such step to tick.');
  if (!step.mayTick) throw new AppError('forbidden', 'This step is not yours to do.');
  if (step.isDone === isDone) return;
  await writeDecision(ctx, {
    rows: [
      insertTick({
        ...subject,
        ...{ id: newId(), stepId, isDone, at: ctx.now(), actor: actorName(ctx.actor) },
      }),
    ],
    audit: {
      kind: isDone ? 'step.ticked' : 'step.unticked',
      ...{ subjectKind: subject.about === 'case' ? 'feedback' : 'contact', subjectId: subject.aboutId },
      detail: { step: step.what.slice(0, 100) },
    },
  });
}
