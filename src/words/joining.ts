import type { ConsentItem } from '../../functions/joining/consents.ts';
import type { AddressForm, Question } from '../../functions/joining/questions.ts';
import { locales } from '../languages.ts';
import type { Messages } from '../locale.ts';
import { languageName } from './languages.ts';

export function questionWords(t: Messages, question: Question): string {
  return t[`joining_question_${question}`]();
}

export function addressFormWords(t: Messages, form: AddressForm): string {
  return t[`joining_address_${form}`]();
}

/** When and where somebody agreed, or withdrew. */
export function consentWords(t: Messages, { isGiven, source }: ConsentItem, date: string): string {
  const when = isGiven ? t.joining_consent_given({ date }) : t.joining_consent_withdrawn({ date });
  return `${when}, ${t[`joining_consent_source_${source}`]()}`;
}

/** An answer as its customer reads it. */
export function answerWords(t: Messages, question: Question, answer: string, locale: string): string {
  switch (question) {
    case 'language':
      return languageName(t, locales.find((locale) => locale === answer) ?? locales[0]);
    case 'address_form':
      return addressFormWords(t, answer === 'formal' ? 'formal' : 'first_name');
    case 'birthday':
      return dayOfYearWords(answer, locale);
    default:
      return answer;
  }
}

/** `02-29` as a day of a month. */
export function dayOfYearWords(birthday: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale === 'uk' ? 'uk-UA' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return format.format(Date.parse(`2024-${birthday}`));
}

/** The twelve months by name. */
export function monthNames(locale: string): string[] {
  const format = new Intl.DateTimeFormat(locale === 'uk' ? 'uk-UA' : 'en-GB', {
    month: 'long',
    timeZone: 'UTC',
  });
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2024, month, 15)));
}

/** One row of the history of this room; null for others. */
export function joiningHappening(t: Messages, kind: string): string | null {
  switch (kind) {
    case 'person_invited':
    case 'person_joined':
    case 'person_changed':
    case 'person_removed':
    case 'person_left':
    case 'invitation_declined':
    case 'invitation_withdrawn':
    case 'household_founded':
    case 'left':
    case 'consent_given':
    case 'consent_withdrawn':
    case 'question_answered':
    case 'question_declined':
    case 'email_change_stopped':
    case 'email_change_undone':
      return t[`joining_history_${kind}`]();
    default:
      return null;
  }
}
