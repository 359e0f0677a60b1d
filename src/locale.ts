import * as en from './paraglide/messages/en.js';
import * as uk from './paraglide/messages/uk.js';

export const locales = ['en', 'uk'] as const;
export type Locale = (typeof locales)[number];

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
  /** The path in this language; without one, English. */
  to: (path: string) => string;
}

const speeches: Record<Locale, Speech> = {
  en: { locale: 'en', t: words(en), to: (path) => path },
  uk: { locale: 'uk', t: words(uk), to: (path) => localPath(path, 'uk') },
};

/** The language of a page, which its address alone decides: Ukrainian lives under `/uk`. */
export function speechOf(pathname: string): Speech {
  return speeches[localeOf(pathname)];
}

export function localeOf(pathname: string): Locale {
  return /^\/uk(?=[/.]|$)/.test(pathname) ? 'uk' : 'en';
}

/** The address of the same page in a language. While a page is built, its path is that of its file. */
export function localPath(path: string, locale: Locale): string {
  const page = path.replace(/(\/index)?\.html$/, '').replace(/^\/uk(?=\/|$)/, '');
  if (locale === 'en') return page || '/';
  return page === '/' ? '/uk' : `/uk${page}`;
}

// Paraglide declares an argument for every message, also for those that read none.
function words(catalogue: typeof en): Messages;
function words(catalogue: object): object {
  return catalogue;
}
