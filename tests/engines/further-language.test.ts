import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmbedded } from '../../db/embedded.ts';
import { demoProgramme } from '../../functions/desk/demo/demo-programme.ts';
import type { Letter, Mentions } from '../../functions/ground/outbox/letter-kind.ts';
import { codeOf } from '../../functions/people/sign-in/challenge.ts';
import { feedbackColumns } from '../../functions/reach/exports/feedback/columns.ts';
import { built } from '../../languages/built.ts';
import { gatherLanguages } from '../../scripts/languages.ts';
import { portal as portalDefaults } from '../../src/portal.config.ts';
import { pages } from '../e2e/demo/pages.ts';
import { samples } from '../people/mail/samples.ts';
import { regularsOf } from '../support/cli.ts';
import { markText, writeMadeUpLanguage } from '../support/made-up-language.ts';
import { freePort, repository, start } from '../support/process.ts';
import { type Portal, portalSettings, startServer } from '../support/server.ts';
import { type Browser, openBrowser } from './browser.ts';
import { send } from './house.ts';
import { findForms, pageOf } from './site-forms.ts';
import { foreignWords } from './spoken-text.ts';

/** A language that nobody speaks, added to a copy of the product as anybody would add one. */
const CODE = 'qq';
const product = ['db', 'functions', 'languages', 'project.inlang', 'scripts', 'src'];
const settingsOfBuild = ['astro.config.mjs', 'package.json', 'tsconfig.json'];

let root: string;
let portal: Portal;
let settings: Record<string, string>;
let nobody: Browser;
let key: string;

const regulars = (...words: string[]) => regularsOf(root)(settings, ...words);
const databaseFile = () => join(root, 'regulars.db');

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'regulars-language-'));
  const isOfProduct = (path: string) => !/\/src\/paraglide/.test(path);
  for (const path of [...product, ...settingsOfBuild])
    cpSync(repository + path, join(root, path), { recursive: true, filter: isOfProduct });
  symlinkSync(`${repository}node_modules`, join(root, 'node_modules'));
  writeMadeUpLanguage(root, CODE);
  const { RESEND_API_KEY, MAIL_FROM, ...rest } = portalSettings(`file:${databaseFile()}`, '');
  const port = await freePort();
  settings = { ...rest, DEMO: 'on', PUBLIC_URL: `http://127.0.0.1:${port}` };
  gatherLanguages(root);
  await Promise.all([build(), regulars('demo')]);
  await regulars('settings', 'set', 'languages', `en,uk,${CODE}`);
  await inDatabase(
    `UPDATE customers SET language = '${CODE}'`,
    // A campaign comes in a language that it was written in, its frame with it.
    "DELETE FROM outbox WHERE template LIKE 'campaign%'",
    `UPDATE outbox SET language = '${CODE}', letter = NULL, rendered = NULL`,
  );
  await regulars('settings', 'set', `tagline.${CODE}`, markText('Tea for nobody'));
  key = (
    await regulars('keys', 'add', 'till', '--scope', 'orders:write', '--scope', 'customers:write')
  ).trim();
  portal = await startServer(settings, port, join(root, 'functions/cli.ts'));
  nobody = openBrowser(portal.origin);
}, 300_000);

afterAll(async () => {
  await portal?.running.end('SIGTERM');
  rmSync(root, { recursive: true, force: true });
});

test('every page speaks it, and no word of another language', async () => {
  const [anna, owner] = await Promise.all([
    signedIn('anna@post.example'),
    signedInStaff('olena@fernandkettle.example'),
  ]);
  const writtenBefore = await everythingWritten();
  const seen = new Set<string | null>();
  const read: [path: string, text: string][] = [];
  for (const [who, browser] of [
    ['nobody', nobody],
    ['anna', anna],
    ['owner', owner],
  ] as const) {
    const starts = pages.filter((page) => page.who === who).map(({ path }) => inIt(path));
    for (const [path, page] of await pagesFrom(browser, starts)) {
      seen.add(pageOf(path));
      expect([path, /<html lang="(\w+)">/.exec(page)?.[1]]).toEqual([path, CODE]);
      read.push([path, page]);
    }
  }
  /** The jobs go on writing while the pages are read. */
  const written = `${writtenBefore}\n${await everythingWritten()}`;
  const foreign = read.flatMap(([path, page]) =>
    foreignWords(page, { code: CODE, written }).map((word) => `${path}: ${word}`),
  );
  expect(foreign, foreign.join('\n')).toEqual([]);
  expect(pages.filter(({ path }) => !seen.has(pageOf(path))).map(({ path }) => path)).toEqual([]);
}, 120_000);

test('every letter of every room is written in it', async () => {
  const { letters } = await import(join(root, 'languages/letters.ts'));
  const { formatsOf } = await import(join(root, 'functions/ground/formats/format.ts'));
  const words: Record<string, (params: object, mentions: Mentions) => Letter> = letters[CODE];
  expect(Object.keys(words).sort()).toEqual(Object.keys({ ...samples, ...secretSamples }).sort());
  const mentions: Mentions = {
    business: 'Fern & Kettle',
    you: (polite) => polite,
    formats: formatsOf(CODE, 'Europe/Kyiv'),
    code: '123 456',
    voucherCode: null,
    inLanguage: (texts) => (typeof texts === 'string' ? texts : (Object.values(texts)[0] ?? '')),
  };
  for (const [name, params] of Object.entries({ ...samples, ...secretSamples })) {
    const letter = words[name]?.(params, mentions);
    for (const text of [letter?.subject, letter?.button]) expect(text, name).toMatch(/[\uff21-\uff5a]/);
    const told = JSON.stringify([params, mentions], (_key, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect([name, foreignWords(JSON.stringify(spoken(letter)), { code: CODE, written: told })]).toEqual([
      name,
      [],
    ]);
  }
});

test('somebody joins in it, agrees to its words and is written to in it', async () => {
  const browser = await signedIn('newcomer@example.com');
  const page = await browser.get(inIt('/join/name'));
  const [, terms = ''] = /name="terms" value="([^"]+)"/.exec(page.text) ?? [];
  const joined = await browser.post(inIt('/join/name'), { name: 'Nia New', terms, do: 'join' });
  expect(joined.location).toBe(inIt('/account'));
  const [consents, customers] = await inDatabase(
    `SELECT language, text FROM consent_texts WHERE version = '${terms}'`,
    "SELECT language FROM customers WHERE email = 'newcomer@example.com'",
  );
  expect(consents).toEqual([[CODE, expect.stringContaining(markText('I join '))]]);
  expect(customers).toEqual([[CODE]]);
  expect((await browser.get(inIt('/account/messages'))).text).toContain(markText('Welcome to '));
});

test('a customer chooses it, and mail comes in it', async () => {
  const anna = await signedIn('anna@post.example');
  const choose = (language: string) => anna.post(inIt('/account/settings'), { do: 'language', language });
  const orderAndRead = async (number: string) => {
    const order = { source: 'till', number, placedAt: new Date().toISOString(), currency: 'GBP' };
    const lines = [{ id: '1', product: 'Tea', total: { amount: 10, currency: 'GBP' } }];
    const body = { ...order, status: 'placed', customer: { email: 'anna@post.example' }, lines };
    const sent = { method: 'POST', path: '/orders', body, key, idempotencyKey: number };
    expect(await send(portal.origin, sent)).toMatchObject({ status: 201 });
    return (await anna.get('/account/messages')).text;
  };
  await choose('en');
  expect(await orderAndRead('Q-1')).toContain('Your order Q-1 at ');
  expect((await anna.get(inIt('/account/settings'))).text).toContain(
    `<option value="${CODE}" lang="${CODE}"`,
  );
  await choose(CODE);
  expect(await orderAndRead('Q-2')).toContain(`${markText('Your order ')}Q-2 ${markText('at ')}`);
});

test('forms that take a text in each language show it, and keep what is written in it', async () => {
  const owner = await signedInStaff('olena@fernandkettle.example');
  const [cause = ''] =
    /\/console\/feedback\/causes\/\w+/.exec((await owner.get('/console/feedback/causes')).text) ?? [];
  const fields: [path: string, names: string[]][] = [
    ['/console/club/benefits', [`title_${CODE}`, `body_${CODE}`, `why_${CODE}`, `${CODE}_0`]],
    ['/console/club/drops/new', [`title_${CODE}`]],
    ['/console/club/events/new', [`title_${CODE}`]],
    [cause, [CODE]],
  ];
  for (const [path, names] of fields) {
    const { text } = await owner.get(path);
    for (const name of names)
      expect([path, name, text.includes(`name="${name}"`)]).toEqual([path, name, true]);
  }
  const title = markText('Tea for friends');
  const benefit = {
    do: 'promise',
    kind: 'other',
    title_en: 'Tea',
    title_uk: 'Чай',
    [`title_${CODE}`]: title,
  };
  expect((await owner.post('/console/club/benefits', benefit)).location).toContain('saved');
  expect((await owner.get(inIt('/club'))).text).toContain(title);
  expect((await owner.get('/club')).text).not.toContain(title);

  const { location } = await owner.post('/console/surveys', { template: 'delivery' });
  const edit = (await owner.get(location ?? '')).text;
  for (const text of ['How was your order?', 'What went wrong?', 'Something was damaged'])
    expect(edit).toContain(markText(text));
  const survey = {
    ...{ do: 'save', trigger: 'by_hand', count: '1', 'q0.id': 'a', 'q0.kind': 'text' },
    ...{ 'title.en': 'One', 'title.uk': 'Один', [`title.${CODE}`]: title, 'q0.text.en': 'Why?' },
  };
  expect((await owner.post(location ?? '', survey)).location).toContain('done=saved');
  expect((await owner.get(inIt('/console/surveys'))).text).toContain(title);
});

test('the command line, the API and search engines know it', async () => {
  expect((await nobody.get(inIt('/'))).text).toContain(markText('Tea for nobody'));
  expect((await nobody.get('/')).text).not.toContain(markText('Tea for nobody'));
  expect((await nobody.get('/sitemap.xml')).text).toContain(
    `hreflang="${CODE}" href="${portal.origin}/${CODE}/privacy"`,
  );
  expect((await nobody.get('/privacy')).text).toContain(`href="/${CODE}/privacy" hreflang="${CODE}"`);
  const invite = (language: string) =>
    send(portal.origin, {
      ...{ method: 'POST', path: '/invitations', key, idempotencyKey: language },
      body: { email: `${language}@example.com`, language },
    });
  expect((await invite(CODE)).status).toBe(201);
  expect((await invite('xx')).status).toBe(422);
  const { parseProgrammeFile } = await import(join(root, 'functions/money/rewards/programme.ts'));
  const [rule, ...others] = demoProgramme('2026-01-01').rules;
  const named = (language: string) =>
    parseProgrammeFile({
      ...demoProgramme('2026-01-01'),
      rules: [{ ...rule, name: { [language]: 'x' } }, ...others],
    }).ok;
  expect([named(CODE), named('xx')]).toEqual([true, false]);
});

/** What a letter says, without how it is laid out. */
const spoken = (letter: Letter | undefined) => [
  ...[letter?.subject, letter?.heading, letter?.button],
  ...[letter?.paragraphs, letter?.facts, letter?.notes].flat(2),
];

/** The letters with a secret, which nobody else needs a sample of. */
const secretSamples = {
  sign_in: {},
  email_change: {},
  erasure_code: {},
  order_code: {},
  email_change_asked: {},
  staff_invitation: { role: 'owner' },
  invitation: { accountName: null, from: null, expiresAt: 0 },
};

/** Adds the language, the demo business and the setting, as an owner would. */
async function build(): Promise<void> {
  const building = start({
    command: process.execPath,
    arguments: ['scripts/build.ts', 'node'],
    folder: root,
  });
  expect(await building.ended, building.output()).toBe(0);
}

const inIt = (path: string) => (path === '/' ? `/${CODE}` : `/${CODE}${path}`);

/** A mail of the business alone, which says it in what languages the business wrote it. */
const isOwnWords = /\/console\/campaigns\/\w+\/mail\?/;

async function pagesFrom(browser: Browser, starts: string[]): Promise<[path: string, text: string][]> {
  const found: [string, string][] = [];
  const get = async (path: string) => {
    const page = await browser.get(path);
    const isPage = page.location === null && page.text.startsWith('<!') && !isOwnWords.test(path);
    if (isPage) found.push([path, page.text]);
    return page;
  };
  await findForms({ ...browser, get }, starts);
  return found;
}

/** All that is written in the database and in what the deployment starts with: words of people, not of the product. */
async function everythingWritten(): Promise<string> {
  const [tables = []] = await inDatabase("SELECT name FROM sqlite_master WHERE type = 'table'");
  const all = await inDatabase(...tables.map(([name]) => `SELECT * FROM "${name}"`));
  return [JSON.stringify(portalDefaults), built.en.name, ...feedbackColumns, ...all.flat(2).map(String)].join(
    '\n',
  );
}

async function inDatabase(...statements: string[]) {
  const store = openEmbedded(databaseFile());
  const answers = await store.write(statements.map((sql) => ({ sql, args: [] })));
  store.close();
  return answers;
}

async function signedIn(email: string): Promise<Browser> {
  const browser = openBrowser(portal.origin);
  const { location } = await browser.post(inIt('/sign-in'), { email });
  const id = new URL(location ?? '', portal.origin).searchParams.get('id') ?? '';
  await browser.post(location ?? '', { code: codeOf(settings.SECRET ?? '', id) });
  return browser;
}

async function signedInStaff(email: string): Promise<Browser> {
  const browser = openBrowser(portal.origin);
  await browser.get((await regulars('staff', 'add', email, '--role', 'owner')).trim());
  await browser.post('/sign-in/link', {});
  return browser;
}
