import { insertInto, statement } from '../../../db/query.ts';
import { surveyAnswers, surveyFinishes } from '../../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { grantBonus } from '../../money/ledger/grant-bonus.ts';
import { checkAnswer, type Given } from './check-answer.ts';
import type { Question, SurveyDefinition } from './definition.ts';
import { lowAnswerOf, ratingOf } from './low-answer.ts';
import { type Key, loadInvitation, thanksOf } from './open-invitation.ts';
import { type Answers, answerIds, questionsOnPath } from './path.ts';
import type { InvitationRow } from './queries.ts';
import { type AnswerProblem, questionAfter } from './questionnaire.ts';
import { readDefinition } from './read-definition.ts';

const upsertAnswer = insertInto(
  surveyAnswers,
  `ON CONFLICT (invitation_id, question_id) DO UPDATE SET value = excluded.value, text = excluded.text, at = excluded.at
   WHERE value IS NOT excluded.value OR text IS NOT excluded.text`,
);
const insertFinish = insertInto(surveyFinishes);

export interface Answer {
  key: Key;
  questionId: string;
  given: Given;
  /** The language in which the question was read. */
  language: string;
}

/** What comes next, or what is wrong with the answer. */
export type AnswerOutcome = { ok: true; nextId: string | null } | { ok: false; problems: AnswerProblem[] };

/**
 * Keeps the answer to one question. Behind the last one the questionnaire is finished: from then on it stays as it is, and
 * what was promised for it is paid, once, whatever the answers. Only answers to questions that were on the path remain.
 * @throws {AppError} `not_found`, `survey_not_open`, `survey_finished`
 */
export async function answerSurvey(ctx: Context, input: Answer): Promise<AnswerOutcome> {
  const { invitation, answers } = await loadInvitation(ctx, input.key);
  if (invitation.finishedAt !== null) throw finished();
  if (invitation.closedAt !== null) throw new AppError('survey_not_open', 'This survey is over.');
  const definition = readDefinition(invitation.definition);
  const question = questionsOnPath(definition, answers).find(({ id }) => id === input.questionId);
  if (question === undefined) throw new AppError('not_found', 'There is no such question.');
  const checked = checkAnswer(question, input.given);
  if (!checked.ok) return checked;
  const known = merged(answers, question, checked.answers);
  const kept = keepAnswer(invitation, { question, answers: checked.answers, now: ctx.now() });
  const next = questionAfter(definition, known, question.id);
  try {
    if (next !== null) await ctx.db.write(kept);
    else await finish(ctx, { invitation, definition, answers: known, kept, language: input.language });
  } catch (error) {
    if (isConflictOn(error, 'survey_finish')) throw finished();
    throw error;
  }
  return { ok: true, nextId: next?.id ?? null };
}

const finished = () => new AppError('survey_finished', 'This survey was answered already.');

function merged(before: Answers, question: Question, latest: Answers): Answers {
  const all = new Map(before);
  for (const id of answerIds(question)) all.delete(id);
  for (const [id, answer] of latest) all.set(id, answer);
  return all;
}

function keepAnswer(
  { id: invitationId, surveyId }: InvitationRow,
  { question, answers, now }: { question: Question; answers: Answers; now: number },
): Statement[] {
  return answerIds(question).map((questionId) => {
    const answer = answers.get(questionId);
    if (answer === undefined) return removeAnswer(invitationId, questionId);
    const column = typeof answer === 'number' ? { value: answer } : { text: answer };
    return upsertAnswer({ invitationId, questionId, surveyId, ...column, at: now });
  });
}

function removeAnswer(invitationId: string, questionId: string): Statement {
  return statement(
    'DELETE FROM survey_answers WHERE invitation_id = ? AND question_id = ?',
    invitationId,
    questionId,
  );
}

async function finish(
  ctx: Context,
  about: {
    invitation: InvitationRow;
    definition: SurveyDefinition;
    answers: Answers;
    kept: readonly Statement[];
    language: string;
  },
): Promise<void> {
  const { invitation, definition, answers, kept, language } = about;
  const { id, surveyId, customerId, rootId, occasion } = invitation;
  // Whoever holds the personal link is the person who was invited.
  const own: Context = { ...ctx, actor: { kind: 'customer', id: customerId } };
  const value = ratingOf(definition, answers);
  const told = { occasion, at: ctx.now(), actor: actorName(own.actor) };
  const { rate } = ctx.house.surveyOccasions.find(({ reason }) => reason === invitation.reason) ?? {};
  const onPath = new Set(questionsOnPath(definition, answers).flatMap(answerIds));
  const offPath = [...answers.keys()].filter((answerId) => !onPath.has(answerId));
  const rows = [
    ...kept,
    ...offPath.map((answerId) => removeAnswer(id, answerId)),
    insertFinish({
      invitationId: id,
      surveyId,
      customerId,
      rootId,
      lowQuestionId: lowAnswerOf(definition, answers),
      language,
      at: ctx.now(),
    }),
    ...(value === null ? [] : (rate?.({ ...told, value }) ?? [])),
  ];
  const thanks = thanksOf(invitation);
  if (thanks === null) {
    const detail = { survey: surveyId, invitation: id };
    await writeHistory(own, rootId, () => ({ history: { kind: 'survey_answered', detail }, rows }));
    return;
  }
  const cause = { kind: 'survey', id } as const;
  const bonus = await grantBonus(own, { rootId, cause, amount: thanks.minor, also: { rows } });
  if (bonus === null) throw finished();
}
