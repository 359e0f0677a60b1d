import type { Locale } from '../../functions/ground/identity/languages.ts';
import { built } from '../../languages/built.ts';
import type { Speech } from '../locale.ts';

/** The label of a field that is there once for each language; with one language only, nothing is said of it. */
export function labelIn({ t, languages }: Speech, label: string, language: Locale): string {
  return languages.length === 1 ? label : t.in_language({ label, language: built[language].name });
}

/** A text in each of some languages, such as the fields `why_en` and `why_uk` of a form. */
export function inEach(
  languages: readonly Locale[],
  textIn: (language: Locale) => string,
): Record<string, string> {
  return Object.fromEntries(languages.map((language) => [language, textIn(language)]));
}
