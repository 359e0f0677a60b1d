import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type BrowserContextOptions, expect, type Locator, type Page } from '@playwright/test';
import Database from 'libsql';
import { cliFile } from '../../support/cli.ts';
import { demoFolder, demoOrigin, demoSettings } from '../../support/demo-settings.ts';
import { programEnv } from '../../support/process.ts';

/** Who walks through the demo; each signs in once, in `sign-in.setup.ts`. */
export const visitors = {
  anna: 'anna@post.example',
  marta: 'marta@northlight.example',
  viktor: 'viktor@post.example',
  leo: 'leo@post.example',
  daniel: 'daniel@post.example',
  owner: 'olena@fernandkettle.example',
  analyst: 'yurii@fernandkettle.example',
} as const;
export type Visitor = keyof typeof visitors;

/** A browser in which somebody is signed in already; `nobody` is not. */
export function asVisitor(who: Visitor | 'nobody'): BrowserContextOptions {
  return who === 'nobody' ? {} : { storageState: stateOf(who) };
}

export const stateOf = (who: Visitor) => join(demoFolder, `${who}.json`);

/** What somebody who runs the deployment would type, on the demo's database. */
export function regulars(...words: string[]): string {
  return execFileSync(process.execPath, [cliFile, ...words], {
    env: programEnv(demoSettings),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

export const demoDatabase = join(demoFolder, 'demo.db');

/** All browsers of the tests are one client; what it asked for before is not to count against the next. */
function forgetTries(): void {
  const db = new Database(demoDatabase, { timeout: 5000 });
  db.exec('DELETE FROM rate_limits');
  db.close();
}

/** Asks for a code on the page that is open, and stops where the code is to be typed. */
export async function askForCode(page: Page, email: string): Promise<void> {
  forgetTries();
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(page).toHaveURL(/\/sign-in\/code\?id=/);
}

/** The newest mail to an address, of those that say something when it is given, read in a window of its own. */
export async function newestMail(
  page: Page,
  email: string,
  about = '',
): Promise<{ code: string; link: string; text: string }> {
  forgetTries();
  const window = await page.context().newPage();
  await window.goto(`${demoOrigin}/mailbox`);
  const mail = window.locator('.mails > li').filter({ hasText: email }).filter({ hasText: about }).first();
  // The jobs of the demo write mails, too, and a page of the mailbox is short.
  const older = window.locator('a[rel=next]');
  while ((await mail.count()) === 0 && (await older.count()) > 0) await older.click();
  const found = {
    text: (await mail.textContent()) ?? '',
    code: await shown(mail.locator('.digits'), (digits) => digits.textContent()),
    link: await shown(mail.getByRole('link'), (link) => link.getAttribute('href')),
  };
  await window.close();
  return found;
}

/** What the first of some elements says; empty when there is none. */
async function shown(found: Locator, read: (one: Locator) => Promise<string | null>): Promise<string> {
  return (await found.count()) === 0 ? '' : ((await read(found.first())) ?? '').replace(' ', '');
}

/** Where the first link of some kind on a page leads. */
export async function hrefOf(page: Page, path: string, selector: string): Promise<string> {
  await page.goto(path);
  return (await page.locator(selector).first().getAttribute('href')) ?? '';
}

export async function signInByCode(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await askForCode(page, email);
  await page.getByLabel('Six-digit code').fill((await newestMail(page, email, 'is your code')).code);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/(account|join\/name)$/);
  if (page.url().endsWith('/join/name')) await joinAs(page);
}

/** The last step of joining, with the name that orders told unless another is given. */
export async function joinAs(page: Page, name?: string): Promise<void> {
  if (name !== undefined) await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Agree and join' }).click();
  await expect(page).toHaveURL('/account');
}

export const inUkrainian = (path: string) => (path === '/' ? '/uk' : `/uk${path}`);
