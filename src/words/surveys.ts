import type { AnswerRefusal } from '../../functions/voice/surveys/check-answer.ts';
import {
  type QuestionKind,
  type SurveyTrigger,
  scales,
  trustStatements,
} from '../../functions/voice/surveys/definition.ts';
import type { Messages, Speech } from '../locale.ts';
import { dayOfYearWords } from './joining.ts';

/** What an answer's id stands for on the page of a business of this name: the statement of a question about trust, else nothing. */
export function statementWords(t: Messages, { answerId, name }: { answerId: string; name: string }): string {
  const statement = trustStatements.find((one) => answerId.endsWith(`.${one}`));
  return statement === undefined ? '' : t[`surveys_trust_${statement}`]({ name });
}

/** A step of a scale in words, where each step has some. */
export function stepWords(t: Messages, kind: QuestionKind, step: string): string {
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

/** The words at both ends of a scale of numbers. */
export function endWords(t: Messages, kind: QuestionKind): [string, string] | null {
  if (kind === 'nps') return [t.surveys_nps_low(), t.surveys_nps_high()];
  if (kind === 'effort' || kind === 'trust') return [t.surveys_agree_low(), t.surveys_agree_high()];
  return null;
}

/** The steps of a kind's scale as a form sends them; none of a kind without one. */
export function stepsOf(kind: QuestionKind): string[] {
  if (kind === 'choice' || kind === 'text') return [];
  const { from, to } = scales[kind];
  return Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
}

export function refusalWords(t: Messages, kind: QuestionKind, reason: AnswerRefusal): string {
  if (reason === 'too_long') return t.surveys_too_long();
  if (reason === 'unknown') return t.surveys_unknown();
  return kind === 'text' ? t.surveys_missing_text() : t.surveys_missing();
}

export function triggerWords({ t, locale }: Speech, trigger: SurveyTrigger): string {
  switch (trigger.kind) {
    case 'after_delivery':
    case 'after_case':
      return t[`surveys_trigger_${trigger.kind}`]({ days: trigger.days });
    case 'season':
      return t.surveys_trigger_season({
        days: trigger.on.map((day) => dayOfYearWords(day, locale)).join(', '),
      });
    case 'by_hand':
      return t.surveys_trigger_by_hand();
  }
}
