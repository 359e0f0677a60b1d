import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../support/process.ts';

export type Language = 'en' | 'uk';

/** What the site says for a name of its catalogues. */
export type Say = (name: string, values?: Record<string, string>) => string;

const folder = `${repository}messages`;

/** The words of one language, of all rooms. */
export function wordsOf(language: Language): Say {
  const rooms = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const files = ['', ...rooms.map(({ name }) => name)].map((room) => join(folder, room, `${language}.json`));
  const words = new Map(
    files.flatMap((file) => Object.entries<unknown>(JSON.parse(readFileSync(file, 'utf8')))),
  );
  return (name, values = {}) => {
    const text = words.get(name);
    if (typeof text !== 'string') throw new Error(`${language} has no plain words for ${name}`);
    return text.replace(/\{(\w+)\}/g, (_all, key: string) => values[key] ?? '');
  };
}
