import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import Database from 'libsql';
import { demoFolder } from '../../support/demo-settings.ts';
import { axeFindings, overflowOf } from '../judge.ts';
import { asVisitor, joinAs, newestMail, regulars } from './house.ts';

const email = 'forgotten@letters.example';
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function joinHere(page: Page): Promise<void> {
  await page.goto('/join');
  await page.getByLabel('Email address').fill(email);
  await press(page, 'Join');
  await page.getByLabel('Six-digit code').fill((await newestMail(page, email, 'is your code')).code);
  await press(page, 'Sign in');
  await joinAs(page, 'Fay Forgotten');
}

async function askToBeErased(page: Page): Promise<void> {
  await page.goto('/account/settings');
  await page.getByRole('link', { name: 'Erase my data' }).click();
  await press(page, 'Send me a code');
  const { code } = await newestMail(page, email, 'erase your data');
  await page.getByLabel('Code from our mail').fill(code === '000000' ? '111111' : '000000');
  await press(page, 'Erase my data in 24 hours');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Code from our mail').fill(code);
  await press(page, 'Erase my data in 24 hours');
  await expect(page.getByText('Your data will be erased on')).toBeVisible();
}

/** A day has passed, and the job that carries wishes out has run. */
function aDayLater(): void {
  const db = new Database(join(demoFolder, 'demo.db'), { timeout: 5000 });
  db.exec('UPDATE erasure_requests SET due_at = 1 WHERE cancelled_at IS NULL AND done_at IS NULL');
  db.close();
  regulars('jobs', 'run', 'erasure');
}

async function foundByStaff(browser: Browser, text: string): Promise<number> {
  const context = await browser.newContext(asVisitor('owner'));
  const page = await context.newPage();
  await page.goto(`/console/search?search=${text}`);
  const found = await page.locator('a.row[href*="/customers/"]').count();
  await context.close();
  return found;
}

test.use({ javaScriptEnabled: false });

test('a customer asks to be erased, changes their mind twice, and is forgotten in the end', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  await joinHere(page);
  expect(await foundByStaff(browser, email)).toBe(1);

  await askToBeErased(page);
  await press(page, 'Keep my data');
  await expect(page.getByRole('status')).toHaveText('Good that you stay: nothing will be erased.');

  await askToBeErased(page);
  const { link } = await newestMail(page, email, 'will be erased');
  const stranger = await (await browser.newContext({ javaScriptEnabled: true })).newPage();
  await stranger.goto(link);
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('Keep your data?');
  expect(await axeFindings(stranger)).toEqual([]);
  await press(stranger, 'Keep my data');
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('Your data stays');
  await stranger.context().close();
  aDayLater();
  await page.goto('/account');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Fay Forgotten');

  await askToBeErased(page);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  aDayLater();
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await foundByStaff(browser, email)).toBe(0);
  expect(await foundByStaff(browser, 'Forgotten')).toBe(0);
});
