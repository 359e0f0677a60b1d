import { built } from '../../../languages/built.ts';
import type { MailWords } from '../../../languages/language.ts';
import { fillIn } from '../../ground/formats/fill-in.ts';
import { firstNameOf } from '../../ground/identity/first-name.ts';
import type { Locale } from '../../ground/identity/languages.ts';

/** What stands around a mail to somebody who is addressed in this way. */
export function mailWordsFor(language: Locale, addressForm: string | null): MailWords {
  const { mail, mailByFirstName } = built[language];
  return addressForm === 'first_name' ? { ...mail, ...mailByFirstName } : mail;
}

export function greetingOf(words: MailWords, name: string | null, isFormal: boolean): string {
  if (name === null) return words.greeting;
  return isFormal
    ? fillIn(words.greetingFormal, { name })
    : fillIn(words.greetingByFirstName, { name: firstNameOf(name) });
}
