import { z } from 'zod';
import { insertInto, statement } from '../../../db/query.ts';
import { profileAnswers } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { HistoryLine } from '../../ground/history/insert-history.ts';
import { addressForms } from '../../ground/identity/address-form.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { freeText, issue } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { getBusiness } from '../../money/business/business.ts';
import { offeredLanguages } from '../../money/business/languages.ts';
import { isBirthday, type ProfileQuestion, questions } from './questions.ts';

const input = z.strictObject({ question: z.enum(questions), answer: z.string().max(4000).nullable() });

const answers: Record<Exclude<ProfileQuestion, 'language'>, z.ZodType<string | null>> = {
  why: freeText(1000),
  interests: freeText(500),
  birthday: z.string().superRefine((text, context) => {
    if (!isBirthday(text)) context.addIssue(issue('invalid_date', 'has to be a day of a month'));
  }),
  address_form: z.enum(addressForms),
};

const saveAnswer = insertInto(
  profileAnswers,
  'ON CONFLICT DO UPDATE SET answer = excluded.answer, at = excluded.at',
);

/**
 * Keeps what the signed-in customer answers to an optional question, or with null that they do not want to; it is not
 * asked again, and can be changed at any time.
 * @throws {AppError} `validation_failed` (path `answer`), `unauthenticated`
 */
export async function answerQuestion(ctx: Context, typed: z.input<typeof input>): Promise<void> {
  const customerId = customerIdOf(ctx);
  const { question, answer } = parseInput(input, typed);
  const { rows, histories } = await planAnswer(ctx, { customerId, question, answer });
  const [own] = await listPlaces(ctx.db.fresh, customerId);
  const [history] = histories;
  if (own === undefined) return void (await ctx.db.write(rows));
  await writeHistory(ctx, own.rootId, () => ({ history, rows }));
}

/** An answer, or null for none; `path` names its field in a refusal. */
export interface Answered {
  customerId: string;
  question: ProfileQuestion;
  answer: string | null;
  path?: string;
}

/** What is written of an answer, and its line in the history. @throws {AppError} `validation_failed` at `path` */
export async function planAnswer(
  ctx: Context,
  { customerId, question, answer, path = 'answer' }: Answered,
): Promise<{ rows: Statement[]; histories: [HistoryLine] }> {
  const text = answer === null ? null : readAnswer(await shapeOf(ctx, question), { answer, path });
  const kind = text === null ? 'question_declined' : 'question_answered';
  return {
    rows: [
      saveAnswer({ customerId, question, answer: text, at: ctx.now() }),
      ...(question === 'language' && text !== null
        ? [statement('UPDATE customers SET language = ? WHERE id = ?', text, customerId)]
        : []),
    ],
    histories: [{ kind, detail: { customerId, question } }],
  };
}

/** A language is answered by one that the business offers now. */
async function shapeOf(ctx: Context, question: ProfileQuestion): Promise<z.ZodType<string | null>> {
  return question === 'language' ? z.enum(offeredLanguages(await getBusiness(ctx))) : answers[question];
}

function readAnswer(
  shape: z.ZodType<string | null>,
  { answer, path }: { answer: string; path: string },
): string | null {
  try {
    return parseInput(shape, answer);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const errors = error.errors.map((one) => ({ ...one, path }));
    throw new AppError('validation_failed', error.message, { errors });
  }
}
