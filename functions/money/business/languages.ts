import type { Languages, Locale } from '../../ground/identity/languages.ts';
import type { Business } from './business.ts';

/** The languages that the business offers now; the first is its own. */
export function offeredLanguages(business: Business): Languages {
  return business.identity.languages;
}

/** The language to write in to who asked for one: that one where it is offered, else the business's own. */
export function nearestLanguage(languages: Languages, asked: string | null): Locale {
  return languages.find((language) => language === asked) ?? languages[0];
}
