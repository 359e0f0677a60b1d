import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { businessAt, getBusiness } from '../../money/business/business.ts';
import { offeredLanguages } from '../../money/business/languages.ts';
import { findProfile } from './find-profile.ts';
import { type AnsweredQuestion, askedQuestions, nextQuestion, type ProfileQuestion } from './questions.ts';

/** What the signed-in customer told about themselves. */
export interface Profile {
  /** Only what was answered. */
  answers: Partial<Record<ProfileQuestion, string>>;
  /** What to ask now, if anything. */
  next: ProfileQuestion | null;
  /** The companies and households that invite them. */
  invitations: { id: string; accountName: string }[];
}

/** @throws {AppError} `unauthenticated` */
export async function getProfile(ctx: Context): Promise<Profile> {
  const now = ctx.now();
  const found = await findProfile(ctx.db, { customerId: customerIdOf(ctx), now });
  const business = await (found === null ? getBusiness(ctx) : businessAt(ctx, found.stamp));
  const rows = found?.answers ?? [];
  const answers: Profile['answers'] = {};
  for (const { question, answer } of rows) if (answer !== null) answers[question] = answer;
  const invitations = (found?.invitations ?? []).flatMap(({ id, accountName }) =>
    accountName === null ? [] : [{ id, accountName }],
  );
  const known = found?.language ? [...rows, knownLanguage(found.language)] : rows;
  return { answers, next: nextQuestion(askedQuestions(offeredLanguages(business)), known, now), invitations };
}

/** What is known, however it became known, is not asked for. */
function knownLanguage(answer: string): AnsweredQuestion {
  return { question: 'language', answer, at: 0 };
}
