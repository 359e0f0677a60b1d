import { z } from 'zod';
import { isStorable } from '../../ground/platform/input.ts';

/** Why somebody stopped buying, as the call sheet asks. */
export const lapseReasons = [
  'price',
  'quality',
  'choice',
  'delivery',
  'service',
  'competitor',
  'no_need',
  'moved',
  'forgot',
  'other',
] as const;
export type LapseReason = (typeof lapseReasons)[number];

/** Questions that are there from the beginning, in the order in which they are asked; their words are ours in every language. */
export const standardQuestions = ['liked', 'changed', 'instead', 'return'] as const;
export type StandardQuestion = (typeof standardQuestions)[number];

export const isStandardQuestion = (id: string): id is StandardQuestion =>
  standardQuestions.some((one) => one === id);

/** A question of the call sheet; the first answer is seldom the real reason, so there are some. */
export interface CallQuestion {
  id: string;
  /** By language; empty for a standard one in our words. */
  texts: Readonly<Record<string, string>>;
}

export const QUESTIONS_MAX = 12;
export const QUESTION_LENGTH_MAX = 300;

const question = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  texts: z.record(
    z.string().regex(/^[a-z]{2,3}$/),
    z
      .string()
      .min(1)
      .max(QUESTION_LENGTH_MAX)
      .refine((text) => text.trim() === text && isStorable(text)),
  ),
});
const questions = z
  .array(question)
  .min(1)
  .max(QUESTIONS_MAX)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length)
  .refine((all) => all.every(({ id, texts }) => isStandardQuestion(id) || Object.keys(texts).length > 0));

/** As the setting keeps them, in their order: JSON, or `standard`. Null for anything else, two of one id, one without words. */
export function readCallQuestions(text: string): CallQuestion[] | null {
  if (text === 'standard') return standardQuestions.map((id) => ({ id, texts: {} }));
  try {
    const read = questions.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** The words in a language, else in the first there are; null for ours. */
export const questionIn = ({ texts }: CallQuestion, language: string): string | null =>
  texts[language] ?? Object.values(texts)[0] ?? null;

/** What somebody said to a question, as it was asked then; `asked` is null where it was in our words. */
export interface CallAnswer {
  question: string;
  asked: string | null;
  said: string;
}

/** Within how many days after a call a purchase counts as won back by it. */
export const WON_BACK_DAYS = 90;
