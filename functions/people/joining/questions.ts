import type { Languages } from '../../ground/identity/languages.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';

/** What a customer may tell, in the order of asking: one at a time, and nothing twice. */
export const questions = ['why', 'interests', 'birthday', 'language', 'address_form'] as const;
export type ProfileQuestion = (typeof questions)[number];

/** After an answer, or a refusal to give one, nothing is asked for a day. */
const PAUSE_MS = DAY_MS;

export interface AnsweredQuestion {
  question: ProfileQuestion;
  /** Null when it was declined. */
  answer: string | null;
  at: number;
}

/** What to ask a customer now; null when all is said, or the last answer is a day old at the most. */
export function nextQuestion(
  asked: readonly ProfileQuestion[],
  answered: readonly AnsweredQuestion[],
  now: number,
): ProfileQuestion | null {
  if (answered.some(({ at }) => now - at < PAUSE_MS)) return null;
  return asked.find((question) => !answered.some((one) => one.question === question)) ?? null;
}

/** What a business asks: where it speaks one language only, nobody has to choose. */
export function askedQuestions(languages: Languages): readonly ProfileQuestion[] {
  return questions.filter((question) => question !== 'language' || languages.length > 1);
}

/** A birthday without its year, `MM-DD`; 29 February is one. */
export function isBirthday(text: string): boolean {
  const [, month = '', day = ''] = /^(\d\d)-(\d\d)$/.exec(text) ?? [];
  const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1];
  return days !== undefined && Number(day) >= 1 && Number(day) <= days;
}
