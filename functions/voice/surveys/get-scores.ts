import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { countAnswers } from './count-answers.ts';
import type { QuestionKind, Words } from './definition.ts';
import { listOpenSurveys } from './queries.ts';
import { readDefinition } from './read-definition.ts';
import { type Figure, resultsOf } from './results.ts';

/** The question of a survey that says how it goes, in two spans of time. */
export interface Score {
  surveyId: string;
  title: Words;
  kind: QuestionKind;
  question: Words;
  /** Null while it would tell of too few. */
  now: Figure | null;
  before: Figure | null;
  answers: number;
}

type Span = readonly [from: number, to: number];

const scored: readonly QuestionKind[] = ['nps', 'satisfaction', 'effort'];

/** So many surveys are looked at, the newest ones. */
const SURVEYS_MAX = 5;

/**
 * What the first scale of each open survey came to within a span and within one before it, in epoch milliseconds.
 * @throws {AppError} `forbidden`
 */
export async function getScores(
  ctx: Context,
  { now, before }: { now: Span; before: Span },
): Promise<Score[]> {
  allow(ctx.actor, 'feedback:read');
  const surveys = await listOpenSurveys(ctx.db);
  const scores = surveys.slice(0, SURVEYS_MAX).map(async ({ id, definition: text }) => {
    const definition = readDefinition(text);
    const question = definition.questions.find(({ kind }) => scored.includes(kind));
    if (question === undefined) return [];
    const counts = await countAnswers(ctx.db, {
      surveyId: id,
      segment: 'everyone',
      questions: [{ id: question.id, isScale: true }],
      months: spansOf(now, before),
      isOlderCounted: false,
    });
    const [result] = resultsOf({ ...definition, questions: [question] }, counts);
    const of = (name: string) => result?.months.find(({ month }) => month === name);
    const told = { title: definition.title, kind: question.kind, question: question.text };
    return [
      {
        ...{ surveyId: id, ...told, answers: of('now')?.answers ?? 0 },
        ...{ now: of('now')?.figure ?? null, before: of('before')?.figure ?? null },
      },
    ];
  });
  return (await Promise.all(scores)).flat();
}

/** Each begins where the one before it ends; what lies between and behind has a name of its own. */
function spansOf(now: Span, before: Span) {
  return [
    { name: 'before', start: before[0] },
    { name: 'between', start: before[1] },
    { name: 'now', start: now[0] },
    { name: 'after', start: now[1] },
  ].filter(({ start }, at, all) => all[at + 1]?.start !== start);
}
