import type { Context } from '../platform/context.ts';
import { customerIdOf } from '../portal/own-places.ts';
import { listProfileAnswers } from './queries.ts';
import { nextQuestion, type Question } from './questions.ts';

/** What the signed-in customer told about themselves. */
export interface Profile {
  /** Only what was answered. */
  answers: Partial<Record<Question, string>>;
  /** What to ask now, if anything. */
  next: Question | null;
}

/** @throws {AppError} `unauthenticated` */
export async function getProfile(ctx: Context): Promise<Profile> {
  const rows = await listProfileAnswers(ctx.db, { customerId: customerIdOf(ctx) });
  const answers: Profile['answers'] = {};
  for (const { question, answer } of rows) if (answer !== null) answers[question] = answer;
  return { answers, next: nextQuestion(rows, ctx.now()) };
}
