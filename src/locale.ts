import { addressOf, type Languages, type Locale, localeOfBuilt, locales } from './languages.ts';
import * as en from './paraglide/messages/en.js';
import * as uk from './paraglide/messages/uk.js';

/** The words of one language; a message without values takes no argument. */
export type Messages = {
  readonly [Key in keyof typeof en]: keyof Parameters<(typeof en)[Key]>[0] extends never
    ? () => string
    : (...values: Parameters<(typeof en)[Key]>) => string;
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

const messages: Record<Locale, Messages> = { en: words(en), uk: words(uk) };

/** The words of a language, whoever offers it. */
export function wordsIn(locale: Locale): Messages {
  return messages[locale];
}

export function speechIn(locale: Locale, languages: Languages): Speech {
  return {
    locale,
    t: messages[locale],
    languages,
    to: (path) => addressOf(path, locale, languages),
  };
}

/**
 * The language of a page: what its address asked for. A page of the build does not know what will be offered, so it
 * names its own in each link, which leads on from there.
 */
export function speechOf({ url, locals }: { url: URL; locals: { speech?: Speech | undefined } }): Speech {
  return locals.speech ?? speechOfBuilt(localeOfBuilt(url.pathname));
}

function speechOfBuilt(locale: Locale): Speech {
  const to = (path: string) => (path === '/' ? `/${locale}` : `/${locale}${path}`);
  return { ...speechIn(locale, [locale, ...locales.filter((other) => other !== locale)]), to };
}

// Paraglide declares an argument for every message, also for those that read none.
function words(catalogue: typeof en): Messages;
function words(catalogue: object): object {
  return catalogue;
}
