import { locales } from '../../../languages/built.ts';

/** A language that the portal can speak, by its code. */
export type Locale = (typeof locales)[number];

/** The languages that a business offers; the first is its own, and needs no code in an address. */
export type Languages = readonly [Locale, ...Locale[]];

/** What an address asks for. */
export interface PageAddress {
  locale: Locale;
  /** The path of the page, which is the same in each language. */
  path: string;
  /** Whether the code in front is needed, says what goes without saying, or names what is not offered. */
  code: 'right' | 'needless' | 'not_offered';
}

const coded = new RegExp(`^/(${locales.join('|')})(?=/|$)`);
/** In front of a path: the code of any language, or none. */
export const anyCode = `(?:/(?:${locales.join('|')}))?`;

/** Reads the language off an address; without its code, or with one that is not offered, it is the business's own. */
export function readAddress(pathname: string, languages: Languages): PageAddress {
  const code = coded.exec(pathname)?.[1];
  if (code === undefined) return { locale: languages[0], path: pathname, code: 'right' };
  // One slash alone: two would lead to another host.
  const path = `/${pathname.slice(code.length + 1).replace(/^\/+/, '')}`;
  const offered = languages.find((language) => language === code);
  if (offered === undefined) return { locale: languages[0], path, code: 'not_offered' };
  return { locale: offered, path, code: offered === languages[0] ? 'needless' : 'right' };
}

/** The address of a page in a language. */
export function addressOf(path: string, locale: Locale, languages: Languages): string {
  if (locale === languages[0]) return path;
  return path === '/' ? `/${locale}` : `/${locale}${path}`;
}

/** A text that was written in several languages: in the reader's, else the first that was given. */
export function textIn(texts: string | Readonly<Record<string, string>>, language: string): string {
  if (typeof texts === 'string') return texts;
  return texts[language] ?? Object.values(texts)[0] ?? '';
}
