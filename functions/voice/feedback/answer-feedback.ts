import type { Statement } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { instantText } from '../../ground/platform/answer.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import type { MessageAnswer } from './answer.ts';
import type { CaseEventKind } from './case-state.ts';
import { changeCase } from './change-case.ts';
import { type AnswerInput, answerInput, saidText } from './schema.ts';
import type { CaseAct } from './staff-case.ts';
import { insertMessage } from './statements.ts';

const answerWords = answerInput.pick({ text: true, there: true });

const events: Record<AnswerInput['state'], readonly CaseEventKind[]> = {
  answered: ['answered'],
  waiting: ['answered', 'waiting_for_customer'],
  resolved: ['answered', 'resolved'],
};

/**
 * Staff answer: the customer reads it in the thread and by mail, and the case is answered, waits for them, or is taken
 * as resolved. Whoever answers a case that is nobody's takes it. A mention is answered
 * `there`, where it stands: that is written down, and goes out by no mail.
 * @throws {AppError} `validation_failed`, `not_found`, `forbidden`, `scope_missing`
 */
export async function answerFeedback(
  ctx: Context,
  {
    text: typed,
    state,
    there: answeredThere = null,
    ...act
  }: CaseAct & Omit<AnswerInput, 'there'> & { there?: { url: string | null } | null },
  options: Alongside<MessageAnswer> = {},
): Promise<MessageAnswer> {
  allow(ctx.actor, 'feedback:write');
  const { text, there } = parseInput(answerWords, { text: typed, there: answeredThere });
  const id = newId();
  const answer: MessageAnswer = { id, feedbackId: act.feedbackId, at: instantText(ctx.now()), state };
  await changeCase(ctx, act, ({ case: openCase, customerId, reference, rootId, mention }) => {
    if (there !== null && mention === null)
      throw wrongField('there', 'not_elsewhere', 'is for what was said elsewhere');
    if (there === null && mention !== null)
      throw wrongField('there', 'required', 'is needed: what was said elsewhere is answered there');
    const place = there === null ? null : { place: mention?.place ?? null, url: there.url };
    const params = { reference, text, state, rootId: rootId ?? undefined };
    const taker = openCase?.ownerId == null && ctx.actor.kind === 'staff' ? ctx.actor.id : null;
    return {
      events: [
        ...events[state].map((kind) => ({ kind, subjectId: kind === 'answered' ? id : null })),
        ...(taker === null ? [] : [{ kind: 'assigned', subjectId: taker } as const]),
      ],
      history: { kind: 'case_answered' },
      audit: { kind: 'feedback.answered', detail: { message: id, state } },
      rows: [messageRow(ctx, { id, feedbackId: act.feedbackId, text, isInternal: false, ...place })],
      letters:
        customerId === null || there !== null ? [] : [{ template: 'feedback_answered', params, customerId }],
      beside: options.alongside?.(answer, 201) ?? [],
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
  await changeCase(ctx, act, () => ({
    events: [{ kind: 'noted', subjectId: id }],
    audit: { kind: 'feedback.noted', detail: { message: id } },
    rows: [messageRow(ctx, { id, feedbackId: act.feedbackId, text, isInternal: true })],
  }));
}

function messageRow(
  ctx: Context,
  message: Pick<
    Parameters<typeof insertMessage>[0],
    'id' | 'feedbackId' | 'text' | 'isInternal' | 'place' | 'url'
  >,
): Statement {
  return insertMessage({ ...message, from: 'staff', at: ctx.now(), actor: actorName(ctx.actor) });
}
