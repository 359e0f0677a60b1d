import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import Database from 'libsql';
import { axeFindings, overflowOf, watch } from '../judge.ts';
import { demoDatabase, signInByCode, visitors } from './house.ts';

test.use({ serviceWorkers: 'allow', viewport: { width: 390, height: 844 } });

const kept = (page: Page) =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('kept-')));
const untilKept = (page: Page) => expect.poll(() => kept(page), { timeout: 10_000 }).toHaveLength(1);
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** The page that stood in looks again by itself. */
async function comeBack(page: Page, context: BrowserContext): Promise<void> {
  const loaded = page.waitForEvent('load');
  await context.setOffline(false);
  await loaded;
}

/** What a page says of whom it belongs to. */
async function ownersNumber(page: Page): Promise<string> {
  await page.goto('/account/card');
  return (await page.locator('.digits').textContent()) ?? '';
}

async function signedIn(page: Page, email: string): Promise<string> {
  await signInByCode(page, email);
  const number = await ownersNumber(page);
  await page.goto('/account');
  await untilKept(page);
  return number;
}

async function expectNothingOf(page: Page, context: BrowserContext, ...owners: string[]): Promise<void> {
  await context.setOffline(true);
  for (const path of ['/account', '/account/card', '/account/orders', '/account/offline', '/sign-in']) {
    await page.goto(path);
    await expect(heading(page)).toHaveText('There is no connection');
    const shown = await page.content();
    for (const owner of owners) expect(shown).not.toContain(owner);
  }
  await comeBack(page, context);
}

test('without a connection a customer has card, balance and orders as of when they were there', async ({
  page,
  context,
}) => {
  const number = await signedIn(page, visitors.anna);
  const balance = (await page.locator('.figure').textContent()) ?? '';
  const order = (await page.locator('a.row .title').last().textContent()) ?? '';
  const seen = watch(page);
  await context.setOffline(true);
  for (const path of ['/account/orders', '/account?again', '/account/rewards']) {
    await page.goto(path);
    await expect(heading(page)).toHaveText('Without a connection');
    expect(page.url()).toContain(path);
  }
  await expect(page.getByText(/^As of \d\d:\d\d, \d/)).toBeVisible();
  await expect(page.locator('.figure')).toHaveText(balance);
  await expect(page.locator('.digits')).toHaveText(number);
  await expect(page.locator('svg.qr')).toBeVisible();
  await expect(page.getByText(order).first()).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  expect(seen.others).toEqual([]);
  expect(seen.complaints).toEqual([]);

  await comeBack(page, context);
  await expect(heading(page)).toHaveText('Your rewards');
  await page.goto('/uk/account');
  await expect
    .poll(() => page.evaluate(async () => (await (await caches.match('/account/offline'))?.text()) ?? ''))
    .toContain('Без з’єднання');
  await context.setOffline(true);
  await page.goto('/uk/account/orders');
  await expect(page.getByText(/^Станом на \d.* р\., \d\d:\d\d\./)).toBeVisible();
});

test('who signs out, is signed out elsewhere, or makes room for another leaves nothing on the device', async ({
  page,
  context,
}) => {
  const anna = await signedIn(page, visitors.anna);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in\?out$/);
  expect(await kept(page)).toEqual([]);
  await expectNothingOf(page, context, anna, 'Anna');

  const viktor = await signedIn(page, visitors.viktor);
  expect(viktor).not.toBe(anna);
  await context.setOffline(true);
  await page.goto('/account/card');
  await expect(page.locator('.digits')).toHaveText(viktor);
  expect(await page.content()).not.toContain(anna);
  await comeBack(page, context);

  // Another customer comes without a word of the first: only the cookie changes.
  const theirs = await context.cookies();
  await context.clearCookies();
  await page.goto('/sign-in');
  expect(await kept(page)).toEqual([]);
  await expectNothingOf(page, context, viktor, 'Viktor');
  const again = await signedIn(page, visitors.anna);
  expect(again).toBe(anna);
  const [annas] = await kept(page);
  await context.clearCookies();
  await context.addCookies(theirs);
  await page.goto('/account');
  await expect.poll(() => kept(page)).not.toEqual([annas]);
  await untilKept(page);
  await context.setOffline(true);
  await page.goto('/account');
  await expect(page.locator('.digits')).toHaveText(viktor);
  await comeBack(page, context);

  const db = new Database(demoDatabase, { timeout: 5000 });
  db.prepare(
    'DELETE FROM sessions WHERE subject_id IN (SELECT id FROM customers WHERE email = ?) AND created_at > ?',
  ).run(visitors.viktor, Date.now() - 60_000);
  db.close();
  await page.goto('/account/orders');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expectNothingOf(page, context, viktor, anna);
});

test('who signs out without a connection is signed out once there is one, before anything else is shown', async ({
  page,
  context,
}) => {
  const number = await signedIn(page, visitors.anna);
  await context.setOffline(true);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(heading(page)).toHaveText('There is no connection');
  await expectNothingOf(page, context, number, 'Anna');
  await page.goto('/account/card');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  expect(await kept(page)).toEqual([]);
});

test('can be installed', async ({ page }) => {
  await page.goto('/account');
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
  const { errors, manifest } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(manifest).toMatchObject({ display: 'kStandalone' });
});
