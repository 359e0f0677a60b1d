import { isScale, type Question, stepsOfScale } from './definition.ts';
import { partsOf, type QuestionPart } from './parts.ts';
import type { Answers } from './path.ts';

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
  for (const part of partsOf(question)) {
    const { id, isRequired } = part;
    const typed = (given.get(id) ?? '').replaceAll('\0', '').toWellFormed().trim();
    if (typed === '') {
      if (isRequired) problems.push({ id, reason: 'missing' });
      continue;
    }
    const read = readAnswer(question, part, typed);
    if (read.ok) answers.set(id, read.answer);
    else problems.push({ id, reason: read.reason });
  }
  return problems.length === 0 ? { ok: true, answers } : { ok: false, problems };
}

type Read = { ok: true; answer: number | string } | { ok: false; reason: AnswerRefusal };

const unknown: Read = { ok: false, reason: 'unknown' };

function readAnswer(question: Question, part: QuestionPart, typed: string): Read {
  if (part.is === 'words') {
    const isLong = typed.length > part.lengthMax;
    return isLong ? { ok: false, reason: 'too_long' } : { ok: true, answer: typed };
  }
  if (question.kind === 'choice')
    return question.options.some(({ id }) => id === typed) ? { ok: true, answer: typed } : unknown;
  if (!isScale(question.kind) || !/^\d{1,3}$/.test(typed)) return unknown;
  const step = Number(typed);
  return stepsOfScale(question.kind).includes(step) ? { ok: true, answer: step } : unknown;
}
