import type { Languages, Locale } from '../../src/languages.ts';
import type { Business } from './business.ts';
import { policyOf } from './policies.ts';

/** The languages that the business offers now; the first is its own. */
export function offeredLanguages(business: Business): Languages {
  return policyOf(business, 'languages');
}

/** The language to write in to who asked for one: that one where it is offered, else the business's own. */
export function nearestLanguage(languages: Languages, asked: string | null): Locale {
  return languages.find((language) => language === asked) ?? languages[0];
}
