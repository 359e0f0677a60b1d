import type { ResultsAnswer } from './answer.ts';
import {
  isScale,
  type Question,
  type QuestionKind,
  type SurveyDefinition,
  scales,
  stepsOfScale,
  type Words,
} from './definition.ts';
import { type Interval, meanInterval, meanOf, netInterval, shareInterval, type Tally } from './intervals.ts';
import { isCounted, partsOf, type QuestionPart } from './parts.ts';

/** Under so many answers no figure is told: it would speak of somebody, not of customers. */
const TELLING_MIN = 5;

export const segments = ['everyone', 'new', 'regular', 'club'] as const;
export type Segment = (typeof segments)[number];

/** How often one answer was given in one month. */
export interface AnswerCount {
  /** The answer's id: a question, or a statement of one. */
  questionId: string;
  value: number | null;
  text: string | null;
  /** `YYYY-MM`; empty for what is older than the months that are shown. */
  month: string;
  count: number;
}

export type QuestionResult = ResultsAnswer['questions'][number];
export type Figure = Interval & { value: number };

/** What each question of a survey came to. Free words are listed elsewhere. */
export function resultsOf(definition: SurveyDefinition, counts: readonly AnswerCount[]): QuestionResult[] {
  return definition.questions.flatMap((question) =>
    countedParts(question).map((part) => resultOf(question, part, counts)),
  );
}

/** What of a question is counted; free words are not. */
export const countedParts = (question: Question): QuestionPart[] =>
  partsOf(question).filter((part) => isCounted(question, part));

/** A share with its interval; null while it would tell of too few. */
export function tellShare(hits: number, n: number): Figure | null {
  return n < TELLING_MIN ? null : { value: hits / n, ...shareInterval(hits, n) };
}

function resultOf(question: Question, part: QuestionPart, all: readonly AnswerCount[]): QuestionResult {
  const { id } = part;
  const counts = all.filter(({ questionId }) => questionId === id);
  const months = [...new Set(counts.map(({ month }) => month))].filter((month) => month !== '').sort();
  const n = sumOf(counts);
  return {
    id,
    kind: question.kind,
    text: textOf(question, part),
    answers: n,
    figure: figureOf(question.kind, counts),
    counts: n < TELLING_MIN ? [] : countsOf(question, counts, n),
    months: months.map((month) => {
      const ofMonth = counts.filter((one) => one.month === month);
      return { month, answers: sumOf(ofMonth), figure: figureOf(question.kind, ofMonth) };
    }),
  };
}

function textOf(question: Question, { about }: QuestionPart): Words {
  if (about?.kind === 'ready') return { statement: about.statement };
  if (about === null || about.kind === 'others') return question.text;
  if (about.kind === 'statement') return about.text;
  return Object.fromEntries(
    Object.entries(about.text).map(([language, text]) => [language, `${text} (${about.kind})`]),
  );
}

function figureOf(kind: QuestionKind, counts: readonly AnswerCount[]): Figure | null {
  if (!isScale(kind) || sumOf(counts) < TELLING_MIN) return null;
  const tally = tallyOf(counts);
  if (kind === 'nps') {
    const [promoters, detractors, n] = [within(tally, 9, 10), within(tally, 0, 6), sumOf(counts)];
    return { value: (promoters - detractors) / n, ...netInterval({ promoters, detractors, n }) };
  }
  return { value: meanOf(tally), ...meanInterval(tally, scales[kind]) };
}

function countsOf(question: Question, counts: readonly AnswerCount[], n: number): QuestionResult['counts'] {
  return answersOf(question).map((answer) => {
    const hits = sumOf(counts.filter(({ value, text }) => String(value ?? text) === answer));
    return { answer, count: hits, share: { value: hits / n, ...shareInterval(hits, n) } };
  });
}

function answersOf(question: Question): string[] {
  if (question.kind === 'choice') return question.options.map(({ id }) => id);
  return isScale(question.kind) ? stepsOfScale(question.kind).map(String) : [];
}

function tallyOf(counts: readonly AnswerCount[]): Tally {
  const tally = new Map<number, number>();
  for (const { value, count } of counts)
    if (value !== null) tally.set(value, (tally.get(value) ?? 0) + count);
  return tally;
}

function within(tally: Tally, from: number, to: number): number {
  return [...tally].reduce((sum, [step, count]) => (from <= step && step <= to ? sum + count : sum), 0);
}

function sumOf(counts: readonly { count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}
