import { allow } from '../../../ground/platform/allow.ts';
import type { Actor, Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import type { ApologyStep } from '../../../voice/feedback/case-state.ts';
import { findProgress } from '../../../voice/feedback/find-progress.ts';
import { findContact } from '../../contacts/list-contacts.ts';
import { listProcedureRows, listTicks } from '../queries.ts';
import type { StepWho } from '../schema.ts';
import { type Procedure, pickProcedure } from './list-procedures.ts';
import { type ProcedureStep, readSteps } from './steps.ts';

/** A case, by the id of its feedback, or a contact. */
export interface ProcedureAbout {
  about: 'case' | 'contact';
  aboutId: string;
}

/** How far a procedure was followed. */
export interface ProcedureProgress {
  procedure: Pick<Procedure, 'id' | 'name'>;
  steps: (ProcedureStep & {
    isDone: boolean;
    /** When it was ticked, and by whom; null for what ticks itself. */
    at: number | null;
    by: string | null;
    /** Whether who asks may tick it, or take that back. */
    mayTick: boolean;
  })[];
}

/** Null where there is no procedure for it. @throws {AppError} `not_found`, `forbidden`, `scope_missing` */
export async function getProcedureProgress(
  ctx: Context,
  subject: ProcedureAbout,
): Promise<ProcedureProgress | null> {
  allow(ctx.actor, subject.about === 'case' ? 'feedback:read' : 'contacts:read');
  const [rows, found, ticks] = await Promise.all([
    listProcedureRows(ctx.db),
    findSubject(ctx, subject),
    listTicks(ctx.db, { about: subject.about, aboutId: subject.aboutId }),
  ]);
  if (found === null) throw new AppError('not_found', 'There is no such case or contact.');
  const all = rows.map((row) => ({ ...row, steps: readSteps(row.steps) }));
  const procedure = pickProcedure(all, found);
  if (procedure === null) return null;
  const newest = new Map(ticks.map((tick) => [tick.stepId, tick]));
  return {
    procedure: { id: procedure.id, name: procedure.name },
    steps: procedure.steps.map((step) => {
      const tick = newest.get(step.id);
      const isSeen = step.proof !== null;
      return {
        ...step,
        isDone: step.proof === null ? (tick?.isDone ?? false) : found.seen.includes(step.proof),
        at: isSeen || tick?.isDone !== true ? null : tick.at,
        by: isSeen || tick?.isDone !== true ? null : tick.by,
        mayTick: !isSeen && isFor(step.who, ctx.actor),
      };
    }),
  };
}

/** Whether somebody may do a step. */
function isFor(who: StepWho, actor: Actor): boolean {
  if (actor.kind !== 'staff') return actor.kind === 'system' || who === 'anyone';
  if (actor.role === 'analyst') return false;
  return who === 'anyone' || actor.role === 'owner' || (who === 'manager' && actor.role === 'manager');
}

async function findSubject(
  ctx: Context,
  { about, aboutId }: ProcedureAbout,
): Promise<{ kind: string; channel: string; seen: readonly ApologyStep[] } | null> {
  if (about === 'case') return findProgress(ctx, { feedbackId: aboutId });
  const contact = await findContact(ctx, aboutId);
  return contact === null ? null : { kind: 'contact', channel: contact.channel, seen: [] };
}
