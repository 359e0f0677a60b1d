import { type Question, type ShowIf, type SurveyDefinition, trustStatements } from './definition.ts';

/** What was answered so far, by the id of the answer: a step of a scale, or a text. */
export type Answers = ReadonlyMap<string, number | string>;

/** The questions that these answers lead through, in their order. */
export function questionsOnPath(
  { questions }: Pick<SurveyDefinition, 'questions'>,
  answers: Answers,
): Question[] {
  const path: Question[] = [];
  for (const question of questions) {
    if (question.showIf === null || holds(question.showIf, path, answers)) path.push(question);
  }
  return path;
}

/** The ids under which the answers to a question are kept: one, or one for each statement. */
export function answerIds({ id, kind }: Pick<Question, 'id' | 'kind'>): string[] {
  return kind === 'trust' ? trustStatements.map((statement) => `${id}.${statement}`) : [id];
}

export function isAnswered(question: Question, answers: Answers): boolean {
  return answerIds(question).every((id) => answers.has(id));
}

/** Where somebody who comes back goes on: behind the last question they answered. */
export function resumeAt(path: readonly Question[], answers: Answers): Question | null {
  const last = path.findLastIndex((question) => isAnswered(question, answers));
  return path[last + 1] ?? path.at(-1) ?? null;
}

function holds(condition: ShowIf, path: readonly Question[], answers: Answers): boolean {
  if (path.every(({ id }) => id !== condition.question)) return false;
  const answer = answers.get(condition.question);
  if ('oneOf' in condition) return typeof answer === 'string' && condition.oneOf.includes(answer);
  return typeof answer === 'number' && condition.from <= answer && answer <= condition.to;
}
