import type { Statement } from '../../db/store.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { allow } from '../platform/allow.ts';
import type { Alongside } from '../platform/alongside.ts';
import { instantText } from '../platform/answer.ts';
import { actorName, type Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { parseInput } from '../platform/parse-input.ts';
import type { MessageAnswer } from './answer.ts';
import type { CaseEventKind } from './case-state.ts';
import { changeCase, event } from './change-case.ts';
import { type AnswerInput, saidText } from './schema.ts';
import { acted, type CaseAct } from './staff-case.ts';
import { insertMessage } from './statements.ts';

const events: Record<AnswerInput['state'], readonly CaseEventKind[]> = {
  answered: ['answered'],
  waiting: ['answered', 'waiting_for_customer'],
  resolved: ['answered', 'resolved'],
};

/**
 * Staff answer: the customer reads it in the thread and by mail, and the case is answered, waits for them, or is taken
 * as resolved. Whoever answers a case that is nobody's takes it.
 * @throws {AppError} `validation_failed`, `not_found`, `forbidden`, `scope_missing`
 */
export async function answerFeedback(
  ctx: Context,
  { text: typed, state, ...act }: CaseAct & AnswerInput,
  options: Alongside<MessageAnswer> = {},
): Promise<MessageAnswer> {
  allow(ctx.actor, 'feedback:write');
  const text = parseInput(saidText, typed);
  const id = newId();
  const answer: MessageAnswer = { id, feedbackId: act.feedbackId, at: instantText(ctx.now()), state };
  await changeCase(ctx, { ...act, history: 'case_answered' }, ({ case: handled, customerId, reference }) => {
    const taker = handled?.ownerId == null && ctx.actor.kind === 'staff' ? ctx.actor.id : null;
    return {
      events: [
        ...events[state].map((kind) => event(kind, kind === 'answered' ? id : null)),
        ...(taker === null ? [] : [event('assigned', taker)]),
      ],
      statements: () => [
        ...message(ctx, { id, feedbackId: act.feedbackId, text, isInternal: false }),
        acted(ctx, 'feedback.answered', act.feedbackId, { message: id, state }),
        ...(customerId === null
          ? []
          : [
              queueMail({
                template: 'feedback_answered',
                params: { reference, text, state },
                customerId,
                language: null,
                at: ctx.now(),
              }),
            ]),
        ...(options.alongside?.(answer, 201) ?? []),
      ],
    };
  });
  ctx.wakeMail('soon');
  return answer;
}

/** Writes down something for staff alone. @throws {AppError} `validation_failed`, `not_found`, `forbidden` */
export async function noteOnFeedback(
  ctx: Context,
  { text: typed, ...act }: CaseAct & { text: string },
): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  const text = parseInput(saidText, typed);
  const id = newId();
  await changeCase(ctx, { ...act, history: null }, () => ({
    events: [event('noted', id)],
    statements: () => [
      ...message(ctx, { id, feedbackId: act.feedbackId, text, isInternal: true }),
      acted(ctx, 'feedback.noted', act.feedbackId, { message: id }),
    ],
  }));
}

function message(
  ctx: Context,
  said: { id: string; feedbackId: string; text: string; isInternal: boolean },
): Statement[] {
  return [insertMessage({ ...said, from: 'staff', at: ctx.now(), actor: actorName(ctx.actor) })];
}
