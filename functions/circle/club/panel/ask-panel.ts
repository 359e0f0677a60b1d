import { z } from 'zod';
import { insertInto, statement } from '../../../../db/query.ts';
import { panelOutcomes, panelQuestions } from '../../../../db/schema/index.ts';
import { isConflictOn } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { writeParams } from '../../../ground/outbox/letters.ts';
import { urgencyOf } from '../../../ground/outbox/queue-mail.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { inputErrors, parseInput, refuseFields } from '../../../ground/platform/parse-input.ts';
import { titlesOf } from '../drops/statements.ts';
import { type Names, namesShape, readTexts, textsInput } from '../texts.ts';
import { findQuestion } from './queries.ts';

const insertQuestion = insertInto(panelQuestions);
const insertOutcome = insertInto(panelOutcomes);

const questionInput = z.strictObject({
  texts: textsInput,
  choices: z.array(namesShape).min(2).max(10),
  closesAt: z.int(),
});
export type QuestionInput = z.input<typeof questionInput>;

/** Asks the members before something is decided. @throws {AppError} `validation_failed` */
export async function askPanel(ctx: Context, input: QuestionInput): Promise<{ id: string }> {
  allow(ctx.actor, 'customers:write');
  refuseFields([
    ...inputErrors(questionInput, input),
    ...(input.closesAt <= ctx.now()
      ? [{ path: 'closesAt', code: 'in_the_past', message: 'lies in the past' }]
      : []),
  ]);
  const { texts, choices, closesAt } = parseInput(questionInput, input);
  const id = newId();
  const words = { texts: JSON.stringify(texts), choices: JSON.stringify(choices) };
  await writeDecision(ctx, {
    rows: [insertQuestion({ id, ...words, closesAt, at: ctx.now(), actor: actorName(ctx.actor) })],
    audit: { kind: 'panel.asked', subjectKind: 'panel', subjectId: id },
  });
  return { id };
}

/**
 * Tells what came of a question, once: on its page, and by mail to everybody who answered. It closes the question.
 * @throws {AppError} `not_found`, `panel_closed`, `validation_failed`
 */
export async function tellOutcome(
  ctx: Context,
  { id, outcome }: { id: string; outcome: Names },
): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const [question] = await findQuestion(ctx.db.fresh, { id });
  if (question === undefined) throw new AppError('not_found', 'There is no such question.');
  const words = Object.fromEntries(Object.entries(outcome).filter(([, text]) => text.trim() !== ''));
  const missing = { path: 'outcome', code: 'required', message: 'is needed in one language at least' };
  refuseFields(Object.keys(words).length === 0 ? [missing] : []);
  const at = ctx.now();
  const params = writeParams<'panel_outcome'>({ title: titlesOf(readTexts(question.texts)), outcome: words });
  try {
    await writeDecision(ctx, {
      rows: [
        insertOutcome({ questionId: id, texts: JSON.stringify(words), at, actor: actorName(ctx.actor) }),
        statement(
          `INSERT INTO "outbox" (id, template, urgency, params, customer_id, created_at, next_try_at, tries)
         SELECT lower(hex(randomblob(16))), 'panel_outcome', ?4, json_set(?2, '$.rootId', account_id), customer_id, ?3, ?3, 0
         FROM panel_answers WHERE question_id = ?1`,
          id,
          params,
          at,
          urgencyOf(ctx, 'panel_outcome'),
        ),
      ],
      audit: { kind: 'panel.outcome-told', subjectKind: 'panel', subjectId: id },
    });
  } catch (error) {
    if (isConflictOn(error, 'panel_outcomes'))
      throw new AppError('panel_closed', 'The outcome has been told.');
    throw error;
  }
  ctx.wakeMail('soon');
}
