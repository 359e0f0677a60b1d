// Written by `scripts/languages.ts` from the folders beside it, at each check and build.
import { language as en } from './en/language.ts';
import { language as uk } from './uk/language.ts';

/** The codes of the languages that are built in; all others translate the messages of the first. */
export const locales = ['en', 'uk'] as const;

export const built = { en, uk };
