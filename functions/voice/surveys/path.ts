import { mayDecide, type Question, type ShowIf, type SurveyDefinition, stepsOfScale } from './definition.ts';
import { partsOf } from './parts.ts';

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

/** The ids under which the answers to a question are kept: one, or one for each of its parts. */
export function answerIds(question: Question): string[] {
  return partsOf(question).map(({ id }) => id);
}

function isAnswered(question: Question, answers: Answers): boolean {
  const parts = partsOf(question);
  const asked = question.isRequired ? parts.filter(({ isRequired }) => isRequired) : parts;
  return asked.every(({ id }) => answers.has(id));
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

/**
 * How many questions there are at the most, with these answers given: each question that others wait for is thought to be
 * answered in the way that leads to most of them.
 */
export function mostQuestions({ questions }: Pick<SurveyDefinition, 'questions'>, answers: Answers): number {
  let supposed = answers;
  for (const cause of questions) {
    const isAwaited = questions.some(({ showIf }) => showIf?.question === cause.id);
    if (!isAwaited || supposed.has(cause.id)) continue;
    const lengths = possibleAnswers(cause).map((answer) => {
      const after: Answers = new Map([...supposed, [cause.id, answer]]);
      return { after, length: questionsOnPath({ questions }, after).length };
    });
    const longest = lengths.reduce((best, one) => (one.length > best.length ? one : best), {
      after: supposed,
      length: 0,
    });
    supposed = longest.after;
  }
  return questionsOnPath({ questions }, supposed).length;
}

function possibleAnswers(question: Question): (number | string)[] {
  if (question.kind === 'choice') return question.options.map(({ id }) => id);
  return mayDecide(question.kind) ? stepsOfScale(question.kind) : [];
}
