import { ANSWER_LENGTH_MAX, type Question, scales } from './definition.ts';
import { type Answers, answerIds } from './path.ts';

/** What a form says to one question, by the id of each answer. */
export type Given = ReadonlyMap<string, string>;

export type AnswerRefusal = 'missing' | 'unknown' | 'too_long';

export type Checked =
  | { ok: true; answers: Answers }
  | { ok: false; problems: { id: string; reason: AnswerRefusal }[] };

/** Reads what was given to a question. What need not be answered and was not is simply absent. */
export function checkAnswer(question: Question, given: Given): Checked {
  const answers = new Map<string, number | string>();
  const problems: { id: string; reason: AnswerRefusal }[] = [];
  for (const id of answerIds(question)) {
    const typed = (given.get(id) ?? '').replaceAll('\0', '').toWellFormed().trim();
    if (typed === '') {
      if (question.isRequired) problems.push({ id, reason: 'missing' });
      continue;
    }
    const read = readAnswer(question, typed);
    if (read.ok) answers.set(id, read.answer);
    else problems.push({ id, reason: read.reason });
  }
  return problems.length === 0 ? { ok: true, answers } : { ok: false, problems };
}

type Read = { ok: true; answer: number | string } | { ok: false; reason: AnswerRefusal };

function readAnswer(question: Question, typed: string): Read {
  if (question.kind === 'text') {
    const isLong = typed.length > ANSWER_LENGTH_MAX;
    return isLong ? { ok: false, reason: 'too_long' } : { ok: true, answer: typed };
  }
  if (question.kind === 'choice') {
    const isKnown = question.options.some(({ id }) => id === typed);
    return isKnown ? { ok: true, answer: typed } : { ok: false, reason: 'unknown' };
  }
  const { from, to } = scales[question.kind];
  const step = /^\d{1,2}$/.test(typed) ? Number(typed) : Number.NaN;
  return from <= step && step <= to ? { ok: true, answer: step } : { ok: false, reason: 'unknown' };
}
