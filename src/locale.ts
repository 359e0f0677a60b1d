import { fillIn } from '../functions/ground/formats/fill-in.ts';
import { addressOf, type Languages, type Locale } from '../functions/ground/identity/languages.ts';
import type { OwnTexts } from '../functions/money/business/own-texts.ts';
import { catalogues } from './paraglide/catalogues.ts';

type Catalogue = (typeof catalogues)['en'];

/** The words of one language; a message without values takes no argument. */
export type Messages = {
  readonly [Key in keyof Catalogue]: keyof Parameters<Catalogue[Key]>[0] extends never
    ? () => string
    : (...values: Parameters<Catalogue[Key]>) => string;
};

/** What a page needs to speak one language: its words, and links that stay in it. */
export interface Speech {
  locale: Locale;
  t: Messages;
  /** Every language of the business. */
  languages: Languages;
  /** The address of a path in this language. */
  to: (path: string) => string;
}

/** The words of a language, whoever offers it. */
export function wordsIn(locale: Locale): Messages {
  return words(catalogues[locale]);
}

/** `texts` are what the business says in its own words. */
export function speechIn(locale: Locale, languages: Languages, texts: OwnTexts = noTexts): Speech {
  return {
    locale,
    t: texts.size === 0 ? wordsIn(locale) : ownWordsIn(locale, texts),
    languages,
    to: (path) => addressOf(path, locale, languages),
  };
}

const noTexts: OwnTexts = new Map();

/** By what the business says now; gone with it. */
const kept = new WeakMap<OwnTexts, Map<Locale, Messages>>();

function ownWordsIn(locale: Locale, texts: OwnTexts): Messages {
  const known = kept.get(texts) ?? new Map<Locale, Messages>();
  kept.set(texts, known);
  const made = known.get(locale) ?? words({ ...catalogues[locale], ...ownMessages(locale, texts) });
  known.set(locale, made);
  return made;
}

function ownMessages(locale: Locale, texts: OwnTexts) {
  const parts = [...texts].filter(([key]) => key.startsWith(`${locale} `) && !key.includes(' mail.'));
  return Object.fromEntries(
    parts.flatMap(([, own]) =>
      Object.entries(own).map(([name, text]) => [
        name,
        (values: Readonly<Record<string, string>> = {}) => fillIn(text, values),
      ]),
    ),
  );
}

/** The language of a page: what its address asked for. */
export function speechOf({ locals }: { locals: { speech: Speech } }): Speech {
  return locals.speech;
}

// Paraglide declares an argument for every message, also for those that read none.
function words(catalogue: Catalogue): Messages;
function words(catalogue: object): object {
  return catalogue;
}
