import { z } from 'zod';
import { insertInto, statement } from '../../../../db/query.ts';
import { causeSteps } from '../../../../db/schema/index.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { identifier } from '../../../ground/platform/input.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import { changeCause } from './change-cause.ts';
import { findStep } from './queries.ts';

export const STEP_LENGTH_MAX = 300;
export const stepInput = z.strictObject({ what: identifier(STEP_LENGTH_MAX) });
export const stepStates = ['open', 'done', 'dropped'] as const;
export type StepState = (typeof stepStates)[number];

const insertStep = insertInto(causeSteps);

/** Writes down one more thing to do about a cause; its id. @throws {AppError} `not_found`, `validation_failed`, `forbidden` */
export async function addStep(
  ctx: Context,
  { causeId, ...typed }: { causeId: string; what: string },
  options: Alongside<{ id: string }> = {},
): Promise<{ id: string }> {
  allow(ctx.actor, 'feedback:write');
  const { what } = parseInput(stepInput, typed);
  const id = newId();
  const actor = actorName(ctx.actor);
  await changeCause(ctx, { id: causeId }, (_cause, at) => ({
    events: [{ kind: 'step_added', subjectId: id }],
    rows: [insertStep({ id, causeId, what, at, actor })],
    audit: { kind: 'cause.step-added', detail: { step: id } },
    beside: options.alongside?.({ id }, 201) ?? [],
  }));
  return { id };
}

const kinds = { open: 'step_reopened', done: 'step_done', dropped: 'step_dropped' } as const;

/** Says that a step is done, given up, or to do again. @throws {AppError} `not_found`, `forbidden` */
export async function moveStep(
  ctx: Context,
  { causeId, step, state }: { causeId: string; step: string; state: StepState },
  options: Alongside<{ id: string }> = {},
): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  await changeCause(ctx, { id: causeId }, async (_cause, now) => {
    const known = await findStep(ctx.db.fresh, { id: causeId, step });
    if (known === null) throw new AppError('not_found', 'There is no such step.');
    const isMoved = (known.outcome ?? 'open') !== state;
    const [outcome, at, by] = state === 'open' ? [null, null, null] : [state, now, actorName(ctx.actor)];
    return {
      events: isMoved ? [{ kind: kinds[state], subjectId: step }] : [],
      rows: [
        statement(
          'UPDATE cause_steps SET outcome = ?, ended_at = ?, ended_by = ? WHERE id = ?',
          ...[outcome, at, by, step],
        ),
      ],
      audit: { kind: 'cause.step-moved', detail: { step, to: state } },
      beside: options.alongside?.({ id: step }, 200) ?? [],
    };
  });
}
