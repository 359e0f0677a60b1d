import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageMessages } from '../functions/people/texts/page-texts.ts';

/** The language that is written first: all others say the same things as its messages. */
const BASE = 'en';

/** A text, or one for each form of a plural. */
type Message = string | { declarations?: string[]; match: Record<string, string> }[];
/** The messages of a language by section, such as `club`. */
type Sections = ReadonlyMap<string, Readonly<Record<string, Message>>>;

/**
 * Reads which languages stand in `languages`, and writes what follows from that: the lists that the product imports, which git
 * keeps so that it runs without a build, and what Paraglide is to compile.
 * @throws {Error} naming each message that a language lacks, has over or fills with other values
 */
export function gatherLanguages(root: string): string[] {
  const codes = findLanguages(root);
  const sections = new Map(codes.map((code) => [code, readSections(root, code)]));
  const base = sections.get(BASE) ?? new Map();
  const flaws = [
    ...repeatedIn(base),
    ...codes.flatMap((code) => flawsOf(code, { base, other: sections.get(code) ?? new Map() })),
  ];
  if (flaws.length > 0) throw new Error(`The messages differ:\n${flaws.join('\n')}`);
  writeWhenChanged(join(root, 'languages/built.ts'), builtList(codes));
  writeWhenChanged(join(root, 'languages/letters.ts'), letterList(codes));
  writeWhenChanged(join(root, 'languages/page-texts.ts'), pageTextList(sections));
  writeWhenChanged(join(root, 'project.inlang/settings.json'), projectSettings(codes, [...base.keys()]));
  return codes;
}

/** The list of compiled messages, for `src/paraglide`. */
export function catalogueList(codes: readonly string[]): string {
  const imports = codes.map((code) => `import * as ${code} from './messages/${code}.js';\n`);
  return `${imports.join('')}\nexport const catalogues = { ${codes.join(', ')} };\n`;
}

/**
 * The types of the compiled messages of the first language, which all others share: what each is filled with. Paraglide's
 * own take four times as long as the messages, and ten times the room.
 */
export function catalogueTypes(root: string): string {
  const messages = [...readSections(root, BASE).values()].flatMap((section) => Object.entries(section));
  const lines = messages.map(([name, message]) => {
    const inputs = inputsOf(message).map((input) => `${input}: NonNullable<unknown>`);
    const given = inputs.length === 0 ? 'inputs?: Record<string, never>' : `inputs: { ${inputs.join('; ')} }`;
    return `export const ${name}: (${given}) => string;\n`;
  });
  return lines.join('');
}

function findLanguages(root: string): string[] {
  const folders = readdirSync(join(root, 'languages'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const odd = folders.filter((name) => !/^[a-z]{2,3}$/.test(name));
  if (odd.length > 0)
    throw new Error(`languages/${odd[0]} is no language: its folder is called by a code such as "de"`);
  if (!folders.includes(BASE)) throw new Error(`languages/${BASE} is missing: all others are measured by it`);
  return [BASE, ...folders.filter((code) => code !== BASE).sort()];
}

function readSections(root: string, code: string): Sections {
  const folder = join(root, 'languages', code, 'messages');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  return new Map(
    files.sort().map((file) => {
      const { $schema, ...messages } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return [file.replace('.json', ''), messages];
    }),
  );
}

/** One name may mean one message only, in whatever section. */
function repeatedIn(sections: Sections): string[] {
  const names = [...sections].flatMap(([section, messages]) =>
    Object.keys(messages).map((name) => ({ section, name })),
  );
  const first = new Map(names.toReversed().map(({ section, name }) => [name, section]));
  return names
    .filter(({ section, name }) => first.get(name) !== section)
    .map(({ section, name }) => `${name} stands in ${first.get(name)}.json and in ${section}.json`);
}

function flawsOf(code: string, { base, other }: { base: Sections; other: Sections }): string[] {
  const forms = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
  return [...new Set([...base.keys(), ...other.keys()])].flatMap((section) => {
    const [wanted, said] = [base.get(section) ?? {}, other.get(section) ?? {}];
    const file = `languages/${code}/messages/${section}.json`;
    return [
      ...Object.keys(said).flatMap((name) => (name in wanted ? [] : [`${file} has ${name} over`])),
      ...Object.entries(wanted).flatMap(([name, message]) => {
        const own = said[name];
        if (own === undefined || own === '') return [`${file} lacks ${name}`];
        if (valuesIn(own) !== valuesIn(message))
          return [`${file} fills ${valuesIn(own)} into ${name}, not ${valuesIn(message)}`];
        const lacking = forms.filter((form) => !hasForm(own, form));
        return lacking.length === 0 ? [] : [`${file} lacks the form ${lacking.join(', ')} of ${name}`];
      }),
    ];
  });
}

const textsOf = (message: Message) =>
  typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));

const valuesIn = (message: Message) =>
  [...new Set(textsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort().join(' ') ||
  'nothing';

/** What a message is filled with, in its words or to choose among its forms. */
function inputsOf(message: Message): string[] {
  const declared =
    typeof message === 'string' ? [] : message.flatMap(({ declarations = [] }) => declarations);
  const chosenBy = declared.flatMap((line) => /^input (\w+)$/.exec(line)?.[1] ?? []);
  const filled = textsOf(message).flatMap((text) =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
  );
  return [...new Set([...chosenBy, ...filled])].sort();
}

/** Whether it says something for a form of the plural; what is no plural does. */
const hasForm = (message: Message, form: string) =>
  typeof message === 'string' || message.some(({ match }) => `plural=${form}` in match);

const made = '// Written by `scripts/languages.ts` from the folders beside it, at each check and build.\n';

function builtList(codes: readonly string[]): string {
  const imports = codes.map((code) => `import { language as ${code} } from './${code}/language.ts';\n`);
  const quoted = codes.map((code) => `'${code}'`).join(', ');
  return `${made}${imports.join('')}
/** The codes of the languages that are built in; all others translate the messages of the first. */
export const locales = [${quoted}] as const;

export const built = { ${codes.join(', ')} };
`;
}

function letterList(codes: readonly string[]): string {
  const imports = codes.map((code) => `import { letters as ${code} } from './${code}/letters.ts';\n`);
  return `${made}${imports.join('')}
/** The letters of each language that is built in. */
export const letters = { ${codes.join(', ')} };
`;
}

/** What pages say that the business may word itself: operations know it without the compiled messages. */
function pageTextList(sections: ReadonlyMap<string, Sections>): string {
  const ours = [...sections].map(([code, files]) => {
    const all = Object.assign({}, ...files.values());
    return [code, Object.fromEntries(pageMessages.map((name) => [name, ownable(name, all[name])]))];
  });
  const json = JSON.stringify(Object.fromEntries(ours), null, 2);
  return `${made}
/** Our words of the messages that the business may word itself, by language. */
export const ourPageTexts: Readonly<Record<string, Readonly<Record<string, string>>>> = ${json};
`;
}

function ownable(name: string, message: unknown): string {
  if (typeof message === 'string') return message;
  throw new Error(`${name} has forms or is missing: the business cannot word it itself`);
}

function projectSettings(codes: readonly string[], sections: readonly string[]): string {
  const patterns = sections.map((section) => `      "./languages/{locale}/messages/${section}.json"`);
  return `{
  "$schema": "https://inlang.com/schema/project-settings",
  "baseLocale": "${BASE}",
  "locales": [${codes.map((code) => `"${code}"`).join(', ')}],
  "modules": ["./node_modules/@inlang/plugin-message-format/dist/index.js"],
  "plugin.inlang.messageFormat": {
    "pathPattern": [
${patterns.join(',\n')}
    ]
  }
}
`;
}

/** Leaves a file that says the same as it is, so that nothing built from it looks old. */
function writeWhenChanged(path: string, text: string): void {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}
