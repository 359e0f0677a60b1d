import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '../../../functions/ground/identity/languages.ts';
import { repository } from '../../support/process.ts';

/** What the site says for a name of its catalogues. */
export type Say = (name: string, values?: Record<string, string>) => string;

/** The words of one language, of all rooms. */
export function wordsOf(language: Locale): Say {
  const folder = `${repository}languages/${language}/messages`;
  const files = readdirSync(folder).map((section) => join(folder, section));
  const words = new Map(
    files.flatMap((file) => Object.entries<unknown>(JSON.parse(readFileSync(file, 'utf8')))),
  );
  return (name, values = {}) => {
    const text = words.get(name);
    if (typeof text !== 'string') throw new Error(`${language} has no plain words for ${name}`);
    return text.replace(/\{(\w+)\}/g, (_all, key: string) => values[key] ?? '');
  };
}
