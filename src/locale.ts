import * as en from './paraglide/messages/en.js';
import * as uk from './paraglide/messages/uk.js';

export const locales = ['en', 'uk'] as const;
export type Locale = (typeof locales)[number];
export type Messages = typeof en;

const catalogues: Record<Locale, Messages> = { en, uk };

/** What a page needs to speak one language: its words, and links that stay in it. */
export interface Speech {
  locale: Locale;
  t: Messages;
  /** The path in the reader's language. */
  to: (path: string) => string;
}

const speeches: Record<Locale, Speech> = {
  en: { locale: 'en', t: catalogues.en, to: (path) => path },
  uk: { locale: 'uk', t: catalogues.uk, to: (path) => localPath(path, 'uk') },
};

/** The language of a page, which its address alone decides: Ukrainian lives under `/uk`. */
export function speechOf(pathname: string): Speech {
  return speeches[localeOf(pathname)];
}

export function localeOf(pathname: string): Locale {
  return pathname === '/uk' || pathname.startsWith('/uk/') ? 'uk' : 'en';
}

/** The same page in another language; `path` may carry a query. */
export function localPath(path: string, locale: Locale): string {
  const bare = path.replace(/^\/uk(?=[/?#]|$)/, '') || '/';
  if (locale === 'en') return bare.startsWith('/') ? bare : `/${bare}`;
  return bare === '/' ? '/uk' : `/uk${bare.startsWith('/?') ? bare.slice(1) : bare}`;
}
