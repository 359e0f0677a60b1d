import { z } from 'zod';
import { insertInto, statement } from '../../../db/query.ts';
import { profileAnswers } from '../../../db/schema/index.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { freeText, issue } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { getBusiness } from '../../money/business/business.ts';
import { offeredLanguages } from '../../money/business/languages.ts';
import { addressForms, isBirthday, type ProfileQuestion, questions } from './questions.ts';

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
  const text = answer === null ? null : readAnswer(await shapeOf(ctx, question), answer);
  const rows = [
    saveAnswer({ customerId, question, answer: text, at: ctx.now() }),
    ...(question === 'language' && text !== null
      ? [statement('UPDATE customers SET language = ? WHERE id = ?', text, customerId)]
      : []),
  ];
  const [own] = await listPlaces(ctx.db.fresh, customerId);
  if (own === undefined) return void (await ctx.db.write(rows));
  const kind = text === null ? 'question_declined' : 'question_answered';
  await writeHistory(ctx, own.rootId, () => ({ history: { kind, detail: { customerId, question } }, rows }));
}

/** A language is answered by one that the business offers now. */
async function shapeOf(ctx: Context, question: ProfileQuestion): Promise<z.ZodType<string | null>> {
  return question === 'language' ? z.enum(offeredLanguages(await getBusiness(ctx))) : answers[question];
}

function readAnswer(shape: z.ZodType<string | null>, answer: string): string | null {
  try {
    return parseInput(shape, answer);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const errors = error.errors.map((one) => ({ ...one, path: 'answer' }));
    throw new AppError('validation_failed', error.message, { errors });
  }
}
