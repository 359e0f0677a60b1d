import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageMessages } from '../functions/people/texts/page-texts.ts';
import { formsOf, hasForm, inputsOf, readSections, type Sections, valuesIn } from './messages.ts';
import { flawsOfTone, readTones, type Tone, toneFolder } from './tones.ts';

/** The language that is written first: all others say the same things as its messages. */
const BASE = 'en';

/**
 * Reads which languages stand in `languages`, and writes what follows from that: the lists that the product imports, which git
 * keeps so that it runs without a build, and what Paraglide is to compile.
 * @throws {Error} naming each message that a language lacks, has over or fills with other values
 */
export function gatherLanguages(root: string): string[] {
  const tones = readTones(root);
  const codes = findLanguages(root, tones);
  const sections = new Map(codes.map((code) => [code, readSections(root, code)]));
  const base = sections.get(BASE) ?? new Map();
  const flaws = [
    ...repeatedIn(base),
    ...codes.flatMap((code) => flawsOf(code, { base, other: sections.get(code) ?? new Map() })),
    ...tones.flatMap((tone) => flawsOfTone(tone, sections.get(tone.code) ?? new Map())),
  ];
  if (flaws.length > 0) throw new Error(`The messages differ:\n${flaws.join('\n')}`);
  writeWhenChanged(join(root, 'languages/built.ts'), builtList(codes));
  writeWhenChanged(join(root, 'languages/letters.ts'), letterList(codes));
  writeWhenChanged(join(root, 'languages/page-texts.ts'), pageTextList(sections));
  const folders = [...codes, ...tones.map(toneFolder)];
  writeWhenChanged(join(root, 'project.inlang/settings.json'), projectSettings(folders, [...base.keys()]));
  return codes;
}

/** The list of compiled messages, for `src/paraglide`, and of those that each tone words otherwise. */
export function catalogueList(codes: readonly string[], tones: readonly Tone[]): string {
  const modules = [...codes, ...tones.map(toneFolder)];
  const imports = modules.map((name) => `import * as ${inCode(name)} from './messages/${name}.js';\n`);
  const ofTones = codes.map((code) => {
    const own = tones.filter((tone) => tone.code === code);
    return `  ${code}: { ${own.map((tone) => `${tone.name}: ${picked(tone)}`).join(', ')} },\n`;
  });
  return `${imports.join('')}
export const catalogues = { ${codes.join(', ')} };

/** What of a language is said otherwise to who chose so. */
type Tones = { readonly informal?: Partial<typeof catalogues.en>; readonly formal?: Partial<typeof catalogues.en> };

export const tones: { readonly [Code in keyof typeof catalogues]: Tones } = {
${ofTones.join('')}};
`;
}

const inCode = (folder: string) => folder.replace('-', '_');

/** Only what a tone says: the module that is compiled for it holds all messages. */
function picked(tone: Tone): string {
  const names = [...tone.sections.values()].flatMap((section) => Object.keys(section));
  return `{ ${names.map((name) => `${name}: ${inCode(toneFolder(tone))}.${name}`).join(', ')} }`;
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

function findLanguages(root: string, tones: readonly Tone[]): string[] {
  const ofTones = tones.map(toneFolder);
  const folders = readdirSync(join(root, 'languages'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !ofTones.includes(entry.name))
    .map(({ name }) => name);
  const odd = folders.filter((name) => !/^[a-z]{2,3}$/.test(name));
  if (odd.length > 0)
    throw new Error(`languages/${odd[0]} is no language: its folder is called by a code such as "de"`);
  if (!folders.includes(BASE)) throw new Error(`languages/${BASE} is missing: all others are measured by it`);
  return [BASE, ...folders.filter((code) => code !== BASE).sort()];
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
  const forms = formsOf(code);
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

function projectSettings(folders: readonly string[], sections: readonly string[]): string {
  const patterns = sections.map((section) => `      "./languages/{locale}/messages/${section}.json"`);
  return `{
  "$schema": "https://inlang.com/schema/project-settings",
  "baseLocale": "${BASE}",
  "locales": [${folders.map((folder) => `"${folder}"`).join(', ')}],
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
