// Written by `scripts/languages.ts` from the folders beside it, at each check and build.
import { letters as en } from './en/letters.ts';
import { letters as uk } from './uk/letters.ts';

/** The letters of each language that is built in. */
export const letters = { en, uk };
