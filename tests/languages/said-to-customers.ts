import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { repository } from '../support/process.ts';
import { sources } from '../tidy/sources.ts';

/** Pages that a customer reads who is signed in, or who came by a link of a mail. */
const entries =
  /^src\/pages\/(?:account|advice|surveys|feedback|mail|r|track)\/|^src\/pages\/(?:index|how-it-works|changes|voices|club|privacy|not-found|refused|join\/invitation)\.astro$/;
/** What the console adds to the layout that all pages share, and the list of words itself. */
const notTheirs = /^src\/(?:components\/(?:Rail|DeskKeys)\.astro|locale\.ts|paraglide\/)/;
/** Beginnings of names that pages put together, of which these are said to staff alone. */
const toStaff =
  /^(?:feedback_case_wrong|recommend_desk|prefs_basis|own_(?:shop|key|lead|name|choices|asked|in_use)|act)(?:_|$)/;

const texts = new Map(sources.map(({ path, text }) => [path, text]));
const importing = /^(?:import|export) (?!type\b)[^'"`;]*'(\.[^']+)'/gm;

/** The sources of what customers read: their pages, and all that these import. */
function theirSources(): string[] {
  const found = new Set<string>();
  const queue = [...texts.keys()].filter((path) => entries.test(path));
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const text = texts.get(path);
    if (text === undefined || found.has(path) || !path.startsWith('src/') || notTheirs.test(path)) continue;
    found.add(path);
    for (const [, to = ''] of text.matchAll(importing)) queue.push(posix.join(posix.dirname(path), to));
  }
  return [...found].map((path) => texts.get(path) ?? '');
}

/** Every message of a language that pages of customers name, whole or by a template such as `nav_${name}`, with its texts. */
export function saidToCustomers(language: string): Map<string, string[]> {
  const code = theirSources().join('\n');
  const named = new Set(code.match(/\w+/g));
  const prefixes = [...code.matchAll(/`([a-z]\w*_)\$\{/g)].map(([, prefix = '']) => prefix);
  const isSaid = (name: string) =>
    !toStaff.test(name) && (named.has(name) || prefixes.some((prefix) => name.startsWith(prefix)));
  return new Map([...messagesIn(language)].filter(([name]) => isSaid(name)));
}

/** All messages in a folder of `languages`, each with its texts: one, or those of its plural forms. */
export function messagesIn(folder: string): Map<string, string[]> {
  const path = `${repository}languages/${folder}/messages/`;
  return new Map(
    readdirSync(path).flatMap((file) =>
      Object.entries<unknown>(JSON.parse(readFileSync(path + file, 'utf8')))
        .filter(([name]) => name !== '$schema')
        .map(([name, message]): [string, string[]] => [name, textsIn(message)]),
    ),
  );
}

function textsIn(message: unknown): string[] {
  if (typeof message === 'string') return [message];
  if (!Array.isArray(message)) return [];
  return message.flatMap(({ match }: { match: Record<string, string> }) => Object.values(match));
}
