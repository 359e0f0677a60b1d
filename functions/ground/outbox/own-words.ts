import { fillIn } from '../formats/fill-in.ts';
import type { Formats } from '../formats/format.ts';
import { type Locale, textIn } from '../identity/languages.ts';
import { exactJson } from '../platform/exact-json.ts';
import { type Letter, type Mentions, youFor } from './letter-kind.ts';
import type { OpenLetter } from './letters.ts';

/** What of a mail the business may word itself; paragraphs of the body have an empty line between them. */
export const letterParts = ['subject', 'heading', 'body'] as const;
export type LetterPart = (typeof letterParts)[number];
export type LetterTexts = Readonly<Record<LetterPart, string>>;

type Values = Readonly<Record<string, string | null>>;

/** A letter with the words of the business in place of ours, where there are any. */
export function inOwnWords(
  letter: Letter,
  own: Readonly<Partial<Record<LetterPart, string>>>,
  values: Values,
): Letter {
  const { kept = [] } = letter;
  return {
    ...letter,
    subject: lineOf(own.subject, values) ?? letter.subject,
    heading: lineOf(own.heading, values) ?? letter.heading,
    paragraphs: own.body === undefined ? letter.paragraphs : [...paragraphsOf(own.body, values), ...kept],
  };
}

/** A line with values in place of names; null where it names what is not there, as for no text. */
export function lineOf(text: string | undefined, values: Values): string | null {
  return text === undefined || namesNothing(text, values) ? null : fillIn(text, known(values));
}

/** A text with values in place of names; a paragraph that names what is not there is left out. */
export function paragraphsOf(body: string, values: Values): string[] {
  return body
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph !== '' && !namesNothing(paragraph, values))
    .flatMap((paragraph) => fillIn(paragraph, known(values)).split(/\n{2,}/));
}

const namesNothing = (text: string, values: Values) => namesIn(text).some((name) => values[name] === null);

const known = (values: Values): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );

/** What a text names in braces, each once. */
export function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w{1,40})\}/g)].map(([, name = '']) => name))];
}

/** Our own words of a letter to who is addressed in a way, with names in braces in place of the values of a sample. */
export function ourWords(
  open: OpenLetter,
  language: Locale,
  addressForm: string | null = null,
): { texts: LetterTexts; names: string[] } {
  const mentions = { ...markedMentions(language), you: youFor(addressForm) };
  const letter = open.write(language, mentions);
  const values = open.own(mentions)?.values ?? {};
  const named = (text: string) => withNames(text, values);
  const texts = {
    subject: named(letter.subject),
    heading: named(letter.heading),
    body: letter.paragraphs.map(named).join('\n\n'),
  };
  return { texts, names: Object.keys(values) };
}

function withNames(text: string, values: Values): string {
  const found = Object.entries(values)
    .flatMap(([name, value]) => (value === null || value === '' ? [] : [{ name, value }]))
    .toSorted((one, other) => other.value.length - one.value.length);
  return found.reduce((rest, { name, value }) => {
    const whole = /^\d+$/.test(value) ? new RegExp(`(?<!\\d)${value}(?!\\d)`, 'g') : value;
    return rest.replaceAll(whole, () => `{${name}}`);
  }, text);
}

/** Whatever is formatted becomes a mark that stands nowhere else, so that it is found again. */
function markedMentions(language: Locale): Mentions {
  const mark = (kind: string) => (value: unknown) => `⟦${kind} ${exactJson(value)}⟧`;
  const formats: Formats = {
    money: mark('money'),
    signedMoney: mark('signedMoney'),
    number: mark('number'),
    percent: mark('percent'),
    date: mark('date'),
    shortDate: mark('shortDate'),
    day: mark('day'),
    month: mark('month'),
    dayOf: mark('dayOf'),
    moment: mark('moment'),
    time: mark('time'),
    iso: mark('iso'),
    country: mark('country'),
  };
  return {
    business: '⟦business⟧',
    you: youFor(null),
    formats,
    code: '⟦code⟧',
    voucherCode: '⟦voucher⟧',
    inLanguage: (texts) => textIn(texts, language),
  };
}
