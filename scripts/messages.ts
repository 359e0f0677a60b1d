import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text, or one for each form of a plural. */
export type Message = string | { declarations?: string[]; match: Record<string, string> }[];
/** The messages of a language by section, such as `club`. */
export type Sections = ReadonlyMap<string, Readonly<Record<string, Message>>>;

/** The messages that stand in a folder of `languages`. */
export function readSections(root: string, code: string): Sections {
  const folder = join(root, 'languages', code, 'messages');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  return new Map(
    files.sort().map((file) => {
      const { $schema, ...messages } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return [file.replace('.json', ''), messages];
    }),
  );
}

const textsOf = (message: Message) =>
  typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));

/** What a message is filled with, as one text to compare. */
export const valuesIn = (message: Message) =>
  [...new Set(textsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort().join(' ') ||
  'nothing';

/** What a message is filled with, in its words or to choose among its forms. */
export function inputsOf(message: Message): string[] {
  const declared =
    typeof message === 'string' ? [] : message.flatMap(({ declarations = [] }) => declarations);
  const chosenBy = declared.flatMap((line) => /^input (\w+)$/.exec(line)?.[1] ?? []);
  const filled = textsOf(message).flatMap((text) =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
  );
  return [...new Set([...chosenBy, ...filled])].sort();
}

/** Whether it says something for a form of the plural; what is no plural does. */
export const hasForm = (message: Message, form: string) =>
  typeof message === 'string' || message.some(({ match }) => `plural=${form}` in match);

/** The plural forms of a language. */
export const formsOf = (code: string) => new Intl.PluralRules(code).resolvedOptions().pluralCategories;
