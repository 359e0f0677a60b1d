import type { AnsweredSurvey } from '../../functions/desk/console/customers/get-conversation.ts';
import type { Locale } from '../../functions/ground/identity/languages.ts';
import { isScale, type Question, scales, type Words } from '../../functions/voice/surveys/definition.ts';
import { partsOf } from '../../functions/voice/surveys/parts.ts';
import type { Messages } from '../locale.ts';
import { stepWords, wordsOfPart } from './surveys.ts';

/** A text in a reader's language, or in another where there is none in theirs. */
export function inWords(words: Words, locale: Locale): string {
  return words[locale] ?? Object.values(words)[0] ?? '';
}

/** What somebody answered, question by question, in the order in which they were asked. */
export function answeredWords(
  { definition, answers }: AnsweredSurvey,
  speech: { t: Messages; locale: Locale; name: string },
): { question: string; answer: string }[] {
  return definition.questions.flatMap((question) =>
    answers
      .filter(({ id }) => id === question.id || id.startsWith(`${question.id}.`))
      .map((told) => ({
        question: [
          inWords(question.text, speech.locale),
          wordsOfPart(speech.t, partsOf(question), { ...speech, id: told.id }),
        ]
          .filter((text) => text !== '')
          .join(' — '),
        answer: answerText(question, told, speech),
      })),
  );
}

function answerText(
  question: Question,
  { value, text }: AnsweredSurvey['answers'][number],
  { t, locale }: { t: Messages; locale: Locale },
): string {
  if (question.kind === 'choice') {
    const option = question.options.find(({ id }) => id === text);
    return option === undefined ? (text ?? '') : inWords(option.text, locale);
  }
  if (!isScale(question.kind) || value === null) return text ?? '';
  const step = stepWords(t, question.kind, String(value));
  return question.kind === 'satisfaction' || question.kind === 'need'
    ? step
    : t.customer_survey_step({ step, to: scales[question.kind].to });
}
