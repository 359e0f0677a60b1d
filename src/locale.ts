import { addressOf, type Languages, type Locale } from '../functions/ground/identity/languages.ts';
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

export function speechIn(locale: Locale, languages: Languages): Speech {
  return {
    locale,
    t: wordsIn(locale),
    languages,
    to: (path) => addressOf(path, locale, languages),
  };
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
