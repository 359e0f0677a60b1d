import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf } from '../../functions/people/sign-in/challenge.ts';
import { regulars } from '../support/cli.ts';
import { copyDemo } from '../support/demo.ts';
import { freePort } from '../support/process.ts';
import { type Portal, portalSettings, startServer } from '../support/server.ts';
import { type Browser, openBrowser } from './browser.ts';
import { findForms } from './site-forms.ts';

let folder: string;
let portal: Portal;
let settings: Record<string, string>;
let nobody: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regulars-languages-'));
  const { RESEND_API_KEY, MAIL_FROM, ...rest } = portalSettings(`file:${join(folder, 'regulars.db')}`, '');
  const port = await freePort();
  settings = { ...rest, PUBLIC_URL: `http://127.0.0.1:${port}` };
  await copyDemo(folder);
  portal = await startServer(settings, port);
  nobody = openBrowser(portal.origin);
}, 180_000);

afterAll(async () => {
  await portal?.running.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const offer = (languages: string) => regulars(settings, 'settings', 'set', 'languages', languages);
/** What was written in a language that is not offered now is kept, unseen, by the forms that change it. */
const kept = /<input type="hidden"[^>]*>|<textarea hidden[^>]*>[^<]*<\/textarea>/g;
/** Where the languages on offer are chosen, all of them have to be named. */
const choices =
  /<select id="own"[^>]*>.{0,500}?<\/select>|<input type="checkbox" name="language_uk"[^>]*> Українська/gs;
const languageOf = ({ text }: { text: string }) => /<html lang="(\w+)">/.exec(text)?.[1];

test('both languages are offered: each page leads to the other, and so do search engines', async () => {
  expect(languageOf(await nobody.get('/privacy'))).toBe('en');
  const ukrainian = await nobody.get('/uk/privacy');
  expect(languageOf(ukrainian)).toBe('uk');
  expect(ukrainian.text).toContain('href="/privacy" hreflang="en"');
  expect((await nobody.get('/sitemap.xml')).text).toContain('/uk/privacy');
});

test('one language is offered: nothing on any page tells of another', async () => {
  await offer('en');
  for (const path of [
    '/uk',
    '/uk/',
    '/uk/privacy',
    '/uk/sign-in',
    '/uk/account',
    '/uk/console',
    '/uk/busy',
  ]) {
    const page = await nobody.get(path);
    expect([path, page.status, languageOf(page)]).toEqual([path, 404, 'en']);
  }
  expect((await nobody.post('/uk/sign-in', { email: 'anna@post.example' })).status).toBe(404);
  expect((await nobody.get('/sitemap.xml')).text).not.toMatch(/uk/);
  const anna = await signedIn('anna@post.example');
  const owner = await signedInStaff('olena@fernandkettle.example');
  const told = [
    ...(await pagesFrom(nobody, ['/'])),
    ...(await pagesFrom(anna, ['/account', '/account/question?about=birthday'])),
    ...(await pagesFrom(owner, ['/console'])),
  ];
  expect(told.length).toBeGreaterThan(60);
  // Pages were read in it while it was offered, and are counted so.
  for (const [path, text] of told.filter((one) => !one[0].startsWith('/console/hits'))) {
    const of = text
      .replaceAll(kept, '')
      .replaceAll(choices, '')
      .match(/hreflang=|"\/uk\b|value="uk"|name="(?:\w+_)?uk(?:_\d)?"|Ukrainian|Українська/g);
    expect([path, of]).toEqual([path, null]);
  }
}, 120_000);

test('a link of a mail that was sent goes on in the own language', async () => {
  await offer('en');
  const link = await nobody.get('/uk/mail/unsubscribe?token=none');
  expect([link.status, link.location]).toEqual([307, '/mail/unsubscribe?token=none']);
  expect((await nobody.post('/uk/mail/unsubscribe?token=none', {})).status).not.toBe(403);
});

test('the first language needs no code, and with it leads to the same page', async () => {
  await offer('uk,en');
  expect(languageOf(await nobody.get('/privacy'))).toBe('uk');
  expect(languageOf(await nobody.get('/en/privacy'))).toBe('en');
  expect((await nobody.get('/privacy')).text).toContain('href="/en/privacy" hreflang="en"');
  expect((await nobody.get('/uk/privacy?a=b')).location).toBe('/privacy?a=b');
  expect((await nobody.get('/uk//evil.example')).status).toBe(404);
  const asked = await nobody.post('/en/sign-in', { email: 'anna@post.example' });
  expect(asked.location).toMatch(/^\/en\/sign-in\/code\?/);
  expect((await nobody.get('/en/account?x=1')).location).toBe('/en/sign-in?next=%2Fen%2Faccount%3Fx%3D1');
  await offer('uk');
  expect(languageOf(await nobody.get('/'))).toBe('uk');
  expect((await nobody.get('/en/privacy')).status).toBe(404);
});

test.each(['', 'fr', 'en,en', 'en, uk', 'uk,fr'])('the command refuses %j', async (languages) => {
  await expect(offer(languages)).rejects.toThrow(/languages/);
});

test('what is switched off is nowhere linked, promised or answered', async () => {
  await offer('en');
  const anna = await signedIn('anna@post.example');
  const [, code = ''] = /\/r\/([\w-]+)/.exec((await anna.get('/account/friends')).text) ?? [];
  expect(code).not.toBe('');
  for (const name of ['referral', 'club', 'voices']) await regulars(settings, 'settings', 'set', name, 'off');
  for (const path of ['/account/friends', '/account/club', '/account/voices', '/club', '/voices'])
    expect([path, (await anna.get(path)).status]).toEqual([path, 404]);
  const told = [...(await pagesFrom(nobody, ['/', `/r/${code}`])), ...(await pagesFrom(anna, ['/account']))];
  expect(told.length).toBeGreaterThan(20);
  for (const [path, text] of told) {
    const of = text.match(/href="(?:\/account)?\/(?:friends|club|voices)\b/g);
    expect([path, of]).toEqual([path, null]);
  }
  expect((await nobody.get('/how-it-works')).text).not.toMatch(/Members’ extra|club/);
  expect((await nobody.get('/join')).text).not.toMatch(/friend/);
  expect((await nobody.get(`/r/${code}`)).location).toBe('/join');
  const { text } = await anna.get('/account/settings/preferences');
  expect(text).toContain('name="wish-surveys-mail"');
  expect(text).not.toMatch(/name="wish-(?:referral|club)-/);
  expect((await nobody.get('/sitemap.xml')).text).not.toMatch(/club|voices/);
}, 60_000);

async function pagesFrom(browser: Browser, starts: string[]): Promise<[path: string, text: string][]> {
  const pages: [string, string][] = [];
  const get = async (path: string) => {
    const page = await browser.get(path);
    pages.push([path, page.text]);
    return page;
  };
  await findForms({ ...browser, get }, starts);
  return pages;
}

async function signedIn(email: string): Promise<Browser> {
  const browser = openBrowser(portal.origin);
  const { location } = await browser.post('/sign-in', { email });
  const id = new URL(location ?? '', portal.origin).searchParams.get('id') ?? '';
  await browser.post(location ?? '', { code: codeOf(settings.SECRET ?? '', id) });
  return browser;
}

async function signedInStaff(email: string): Promise<Browser> {
  const browser = openBrowser(portal.origin);
  await browser.get((await regulars(settings, 'staff', 'add', email, '--role', 'owner')).trim());
  await browser.post('/sign-in/link', {});
  return browser;
}
