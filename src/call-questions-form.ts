import { newId } from '../functions/ground/platform/ids.ts';
import {
  type CallQuestion,
  isStandardQuestion,
  QUESTION_LENGTH_MAX,
  QUESTIONS_MAX,
  standardQuestions,
} from '../functions/insight/attention/call-sheet.ts';
import type { Messages } from './locale.ts';
import type { FormError } from './words/field-errors.ts';

/** A line of the form: one that is asked, a standard one that is not, or an empty one. */
export interface QuestionLine {
  id: string;
  place: string;
  texts: Readonly<Record<string, string>>;
}

/** Empty lines to write new ones into. */
const EMPTY_LINES = 2;

/** Those that are asked in their order, then what is not. */
export function questionLines(questions: readonly CallQuestion[]): QuestionLine[] {
  const asked = questions.map(({ id, texts }, at) => ({ id, place: String(at + 1), texts }));
  const left = standardQuestions.filter((id) => questions.every((one) => one.id !== id));
  const empty = Math.min(EMPTY_LINES, Math.max(0, QUESTIONS_MAX - questions.length));
  return [
    ...asked,
    ...left.map((id) => ({ id, place: '', texts: {} })),
    ...Array.from({ length: empty }, () => ({ id: '', place: '', texts: {} })),
  ];
}

/** As they were typed. */
export function readQuestionLines(
  fields: ReadonlyMap<string, string>,
  languages: readonly string[],
): QuestionLine[] {
  const value = (name: string) => (fields.get(name) ?? '').trim();
  return Array.from({ length: QUESTIONS_MAX + standardQuestions.length + EMPTY_LINES }, (_, at) => at)
    .filter((at) => fields.has(`place-${at}`))
    .map((at) => ({
      ...{ id: value(`id-${at}`), place: value(`place-${at}`) },
      texts: Object.fromEntries(
        languages.flatMap((language) => {
          const text = value(`text-${at}-${language}`);
          return text === '' ? [] : [[language, text]];
        }),
      ),
    }));
}

/** What the lines ask, in the order of their places; or all that is wrong with them. */
export function questionsIn(
  t: Messages,
  lines: readonly QuestionLine[],
  languages: readonly string[],
): { questions: CallQuestion[] } | { errors: FormError[] } {
  const errors = lines.flatMap(({ id, place, texts }, at): FormError[] => {
    const written = Object.values(texts);
    if (place === '') {
      return id === '' && written.length > 0
        ? [{ field: `place-${at}`, text: t.questions_place_rule() }]
        : [];
    }
    if (!/^[1-9]\d?$/.test(place)) return [{ field: `place-${at}`, text: t.questions_place_rule() }];
    const missing = languages.find((language) => texts[language] === undefined);
    const mayBeOurs = isStandardQuestion(id) && written.length === 0;
    if (missing !== undefined && !mayBeOurs)
      return [{ field: `text-${at}-${missing}`, text: t.questions_text_rule() }];
    const long = languages.find((language) => (texts[language] ?? '').length > QUESTION_LENGTH_MAX);
    return long === undefined
      ? []
      : [{ field: `text-${at}-${long}`, text: t.form_rule_text({ max: QUESTION_LENGTH_MAX }) }];
  });
  const asked = lines.filter(({ place }) => place !== '');
  if (asked.length === 0) errors.push({ field: 'place-0', text: t.questions_none_rule() });
  if (asked.length > QUESTIONS_MAX)
    errors.push({ field: 'place-0', text: t.questions_most_rule({ max: String(QUESTIONS_MAX) }) });
  if (errors.length > 0) return { errors };
  return {
    questions: asked
      .toSorted((a, b) => Number(a.place) - Number(b.place))
      .map(({ id, texts }) => ({ id: id === '' ? `own-${newId().slice(-12)}` : id, texts })),
  };
}
