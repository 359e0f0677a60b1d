import type { AddressForm } from '../../functions/ground/identity/address-form.ts';
import { firstNameOf } from '../../functions/ground/identity/first-name.ts';
import type { Locale } from '../../functions/ground/identity/languages.ts';
import type { ConsentItem } from '../../functions/people/joining/consents.ts';
import type { ProfileQuestion } from '../../functions/people/joining/questions.ts';
import { built, locales } from '../../languages/built.ts';
import type { Messages } from '../locale.ts';

export function questionWords(t: Messages, question: ProfileQuestion): string {
  return t[`joining_question_${question}`]();
}

export function addressFormWords(t: Messages, form: AddressForm): string {
  return t[`joining_address_${form}`]();
}

/** What the portal calls somebody: by the first name where they chose that. */
export function calledName(name: string, form: AddressForm | null): string {
  return form === 'first_name' ? firstNameOf(name) : name;
}

/** When and where somebody agreed, or withdrew. */
export function consentWords(t: Messages, { isGiven, source }: ConsentItem, date: string): string {
  const when = isGiven ? t.joining_consent_given({ date }) : t.joining_consent_withdrawn({ date });
  return `${when}, ${t[`joining_consent_source_${source}`]()}`;
}

/** An answer as its customer reads it. */
export function answerWords(t: Messages, question: ProfileQuestion, answer: string, locale: Locale): string {
  switch (question) {
    case 'language':
      return built[locales.find((locale) => locale === answer) ?? locales[0]].name;
    case 'address_form':
      return addressFormWords(t, answer === 'formal' ? 'formal' : 'first_name');
    case 'birthday':
      return dayOfYearWords(answer, locale);
    default:
      return answer;
  }
}

/** `02-29` as a day of a month. */
export function dayOfYearWords(birthday: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(built[locale].region, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return format.format(Date.parse(`2024-${birthday}`));
}

/** The twelve months by name. */
export function monthNames(locale: Locale): string[] {
  const format = new Intl.DateTimeFormat(built[locale].region, {
    month: 'long',
    timeZone: 'UTC',
  });
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2024, month, 15)));
}
