import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LetterWords } from '../../functions/ground/outbox/letters.ts';
import { locales } from '../../languages/built.ts';
import { letters } from '../../languages/letters.ts';
import { catalogueList, gatherLanguages } from '../../scripts/languages.ts';
import { readTones } from '../../scripts/tones.ts';
import { catalogues } from '../../src/paraglide/catalogues.ts';
import { repository } from '../support/process.ts';

/** What the commands write from the folders, and git keeps. */
const written = [
  'languages/built.ts',
  'languages/letters.ts',
  'languages/page-texts.ts',
  'project.inlang/settings.json',
];

let root: string;
const at = (path: string) => join(root, path);
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'regulars-languages-'));
  cpSync(`${repository}languages`, at('languages'), { recursive: true });
  mkdirSync(at('project.inlang'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Changes messages of a section in the copy; null takes one away. */
function change(section: string, messages: Record<string, unknown>): void {
  const path = at(`languages/${section}.json`);
  const all = { ...JSON.parse(readFileSync(path, 'utf8')), ...messages };
  const left = Object.entries(all).filter(([, message]) => message !== null);
  writeFileSync(path, JSON.stringify(Object.fromEntries(left)));
}

test('every language says the same things, and the lists that git keeps are those of the folders', () => {
  expect(gatherLanguages(root)).toEqual(locales);
  for (const path of written)
    expect(readFileSync(at(path), 'utf8')).toBe(readFileSync(repository + path, 'utf8'));
  expect(Object.keys(catalogues)).toEqual(locales);
});

test('a language that lacks a letter does not compile', () => {
  const { welcome, ...others } = letters.uk;
  // @ts-expect-error There are no words for `welcome`.
  const lacking: LetterWords = others;
  expect([typeof welcome, 'welcome' in lacking]).toEqual(['function', false]);
});

test('a folder more is a language more', () => {
  cpSync(at('languages/en'), at('languages/qq'), { recursive: true });
  expect(gatherLanguages(root)).toEqual(['en', 'qq', 'uk']);
  for (const path of written) expect(readFileSync(at(path), 'utf8')).toContain('qq');
  expect(catalogueList(['en', 'qq'], [])).toContain("import * as qq from './messages/qq.js';");
});

test('a folder of a tone is words of its language, and no language', () => {
  mkdirSync(at('languages/en-informal/messages'), { recursive: true });
  writeFileSync(at('languages/en-informal/messages/site.json'), '{"hello": "Hi"}');
  expect(gatherLanguages(root)).toEqual(locales);
  expect(readFileSync(at('project.inlang/settings.json'), 'utf8')).toContain('"en-informal"');
  const tones = readTones(root).filter(({ code }) => code === 'en');
  expect(catalogueList(['en'], tones)).toContain('informal: { hello: en_informal.hello }');
});

test.each<[string, () => void, string]>([
  [
    'lacks a message',
    () => change('uk/messages/site', { skip_to_content: null }),
    'uk/messages/site.json lacks skip_to_content',
  ],
  [
    'says nothing for one',
    () => change('uk/messages/site', { skip_to_content: '' }),
    'uk/messages/site.json lacks skip_to_content',
  ],
  ['lacks a section', () => rmSync(at('languages/uk/messages/club.json')), 'uk/messages/club.json lacks '],
  [
    'has a message over',
    () => change('uk/messages/site', { more: 'x' }),
    'uk/messages/site.json has more over',
  ],
  [
    'fills in another value',
    () => change('uk/messages/site', { home_description: 'про {nom}' }),
    'uk/messages/site.json fills {nom} into home_description, not {name}',
  ],
  [
    'lacks a form of a plural',
    () => change('uk/messages/site', { how_settle_days: withoutFew('uk/messages/site', 'how_settle_days') }),
    'uk/messages/site.json lacks the form few of how_settle_days',
  ],
  [
    'says one thing in two sections',
    () => change('en/messages/club', { skip_to_content: 'Skip' }),
    'skip_to_content stands in club.json and in site.json',
  ],
  [
    'has a tone with a message that it lacks',
    () => change('uk-informal/messages/site', { more: 'x' }),
    'uk-informal/messages/site.json has more over',
  ],
  [
    'has a tone that fills in another value',
    () => change('uk-informal/messages/site', { hello_name: 'Раді тебе бачити, {nom}' }),
    'uk-informal/messages/site.json fills {nom} into hello_name, not {name}',
  ],
  [
    'has a tone that says what it says itself',
    () => change('uk-informal/messages/site', { hello: 'Раді вас бачити' }),
    'uk-informal/messages/site.json says hello as the language does',
  ],
  [
    'has a tone that lacks a form of a plural',
    () =>
      change('uk-informal/messages/site', {
        how_settle_days: withoutFew('uk-informal/messages/site', 'how_settle_days'),
      }),
    'uk-informal/messages/site.json lacks the form few of how_settle_days',
  ],
  [
    'has a tone of no language',
    () => mkdirSync(at('languages/de-formal')),
    'languages/de-formal is no language',
  ],
  ['is called by no code', () => mkdirSync(at('languages/German')), 'languages/German is no language'],
])('a language that %s is refused by name', (_flaw, spoil, told) => {
  spoil();
  expect(() => gatherLanguages(root)).toThrow(told);
});

/** A plural of the copy without its form for a few. */
function withoutFew(section: string, name: string): unknown {
  const message = JSON.parse(readFileSync(at(`languages/${section}.json`), 'utf8'))[name];
  const { 'plural=few': few, ...match } = message[0].match;
  expect(few).toBeTypeOf('string');
  return [{ ...message[0], match }];
}
