import type { Locale } from '../../functions/ground/identity/languages.ts';
import { textIn } from '../../functions/ground/identity/languages.ts';
import type { AnswerRefusal } from '../../functions/voice/surveys/check-answer.ts';
import {
  isScale,
  type QuestionKind,
  type SurveyTrigger,
  stepsOfScale,
} from '../../functions/voice/surveys/definition.ts';
import type { PartAbout, QuestionPart } from '../../functions/voice/surveys/parts.ts';
import type { PartView } from '../../functions/voice/surveys/questionnaire.ts';
import type { Messages, Speech } from '../locale.ts';
import { dayOfYearWords } from './joining.ts';

/** What is asked of one part of a question, on the page of a business of this name; empty where that is the question itself. */
export function partWords(
  t: Messages,
  about: PartAbout | PartView['about'],
  { name, locale }: { name: string; locale: Locale },
): string {
  if (about === null) return '';
  switch (about.kind) {
    case 'ready':
      return t[`surveys_trust_${about.statement}`]({ name });
    case 'others':
      return t.surveys_need_others();
    case 'want':
    case 'get':
      return `${textIn(about.text, locale)}: ${t[`surveys_topic_${about.kind}`]()}`;
    default:
      return textIn(about.text, locale);
  }
}

/** The same by the id that an answer is kept under. */
export function wordsOfPart(
  t: Messages,
  parts: readonly QuestionPart[],
  asked: { id: string; name: string; locale: Locale },
): string {
  return partWords(t, parts.find(({ id }) => id === asked.id)?.about ?? null, asked);
}

/** A step of a scale in words, where each step has some. */
export function stepWords(t: Messages, kind: QuestionKind, step: string): string {
  if (kind === 'need') return `${step}\u00a0%`;
  if (kind !== 'satisfaction') return step;
  switch (step) {
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
      return t[`surveys_satisfaction_${step}`]();
    default:
      return step;
  }
}

/** The words at both ends of a scale of numbers; of a topic by what is asked of it. */
export function endWords(t: Messages, kind: QuestionKind, about: PartView['about']): [string, string] | null {
  if (about?.kind === 'want') return [t.surveys_want_low(), t.surveys_want_high()];
  if (about?.kind === 'get') return [t.surveys_get_low(), t.surveys_get_high()];
  if (kind === 'need') return [t.surveys_need_low(), t.surveys_need_high()];
  if (kind === 'nps') return [t.surveys_nps_low(), t.surveys_nps_high()];
  if (kind === 'effort' || kind === 'trust' || kind === 'commitment')
    return [t.surveys_agree_low(), t.surveys_agree_high()];
  return null;
}

/** The steps of a kind's scale as a form sends them; none of a kind without one. */
export function stepsOf(kind: QuestionKind): string[] {
  return isScale(kind) ? stepsOfScale(kind).map(String) : [];
}

export function refusalWords(t: Messages, kind: QuestionKind, reason: AnswerRefusal): string {
  if (reason === 'too_long') return kind === 'need' ? t.surveys_others_too_long() : t.surveys_too_long();
  if (reason === 'unknown') return t.surveys_unknown();
  return kind === 'text' ? t.surveys_missing_text() : t.surveys_missing();
}

export function triggerWords({ t, locale }: Speech, trigger: SurveyTrigger): string {
  switch (trigger.kind) {
    case 'after_delivery':
    case 'after_case':
    case 'after_contact':
      return t[`surveys_trigger_${trigger.kind}`]({ days: trigger.days });
    case 'season':
      return t.surveys_trigger_season({
        days: trigger.on.map((day) => dayOfYearWords(day, locale)).join(', '),
      });
    case 'by_hand':
      return t.surveys_trigger_by_hand();
  }
}
