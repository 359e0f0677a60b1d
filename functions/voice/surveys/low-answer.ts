import type { SurveyDefinition } from './definition.ts';
import { type Answers, questionsOnPath } from './path.ts';

/** The highest step of each kind that somebody of the business should look into. */
const lowest = { nps: 6, satisfaction: 2 } as const;
const highest = { nps: 9, satisfaction: 5 } as const;

/** The first question answered so low that a case is opened; null when there is none. */
export function lowAnswerOf(definition: SurveyDefinition, answers: Answers): string | null {
  return find(definition, answers, (kind, answer) => answer <= lowest[kind]);
}

/** Whether somebody would recommend the business, or is very satisfied. */
export function isPraise(definition: SurveyDefinition, answers: Answers): boolean {
  return find(definition, answers, (kind, answer) => answer >= highest[kind]) !== null;
}

/** How satisfied somebody said they are, by the first question about it; null where none was answered. */
export function ratingOf(definition: SurveyDefinition, answers: Answers): number | null {
  const asked = questionsOnPath(definition, answers).filter(({ kind }) => kind === 'satisfaction');
  const [rating] = asked.flatMap(({ id }) => answers.get(id) ?? []);
  return typeof rating === 'number' ? rating : null;
}

function find(
  definition: SurveyDefinition,
  answers: Answers,
  holds: (kind: 'nps' | 'satisfaction', answer: number) => boolean,
): string | null {
  for (const { id, kind } of questionsOnPath(definition, answers)) {
    const answer = answers.get(id);
    if ((kind === 'nps' || kind === 'satisfaction') && typeof answer === 'number' && holds(kind, answer))
      return id;
  }
  return null;
}
