import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { regulars as runRegulars } from '../../support/cli.ts';
import { repository } from '../../support/process.ts';
import { portalSettings, startServer } from '../../support/server.ts';
import { regulars } from './house.ts';

const orders = `${repository}../shared/data/cdnow/orders.csv`;

test('an agent who takes a call finds, sees why, notes, gives and answers in under ten clicks', async ({
  page,
}) => {
  await signIn(page, regulars('staff', 'add', 'petro@fernandkettle.example', '--role', 'agent'));
  let clicks = 0;
  const click = async (role: 'link' | 'button', name: string | RegExp) => {
    clicks += 1;
    await page.getByRole(role, { name }).first().click();
  };
  const search = page.getByPlaceholder('Name, email, order');
  await search.fill('Daniel');
  await search.press('Enter');
  await click('link', /Daniel/);
  const customer = new URL(page.url()).pathname;
  await page.locator('section[aria-labelledby=orders] a.row').first().click();
  clicks += 1;
  await expect(page.locator('main')).toContainText('What it earned');
  await page.goBack();
  clicks += 1;
  await expect(page).toHaveURL(new RegExp(customer));
  await page.getByLabel('New note').fill('Called about the price tag; sounded tired.');
  await click('button', 'Save note');
  await expect(page.getByText('sounded tired')).toBeVisible();
  await page.getByLabel(/^Amount/).fill('1');
  await page.getByLabel(/^Reason/).fill('Sorry for the wait');
  await click('button', 'Adjust balance');
  await click('button', /^Give £1/);
  await expect(page.getByRole('status')).toContainText('£1.00');
  await page.goto(`${customer}/feedback`);
  clicks += 1;
  await click('link', /^A problem/);
  await page.getByRole('textbox', { name: 'Answer to the customer' }).fill('As promised on the telephone.');
  await click('button', 'Send answer');
  await expect(page.locator('.thread')).toContainText('As promised on the telephone.');
  expect(clicks).toBeLessThan(10);
});

test.describe('a manager', () => {
  test.skip(!existsSync(orders), 'there is no ../shared/data/cdnow/orders.csv');

  test('drops a file, closes the tab, comes back, finds a customer, rehearses and publishes a rule', async ({
    browser,
  }) => {
    test.setTimeout(300_000);
    const folder = mkdtempSync(join(tmpdir(), 'regulars-manager-'));
    const { RESEND_API_KEY, MAIL_FROM, ...settings } = portalSettings(
      `file:${join(folder, 'regulars.db')}`,
      '',
    );
    await runRegulars(settings, 'settings', 'set', 'currency', 'USD');
    await runRegulars(settings, 'settings', 'set', 'staffFactor', 'optional');
    await runRegulars(settings, 'settings', 'set', 'timeZone', 'America/New_York');
    const link = await runRegulars(settings, 'staff', 'add', 'mary@cd.example', '--role', 'manager');
    const portal = await startServer(settings);
    try {
      const context = await browser.newContext({ baseURL: portal.origin });
      let page = await context.newPage();
      await signIn(page, link.trim().replace(/^https?:\/\/[^/]+/, ''));
      await page.goto('/console/imports');
      await page.locator('input[type=file]').setInputFiles(orders);
      await page.getByRole('button', { name: 'Send and check' }).click();
      await page.getByRole('button', { name: 'Import now' }).click({ timeout: 120_000 });
      await expect(page.locator('progress, [role=progressbar]').first()).toBeVisible();
      const address = page.url();
      await page.close();
      page = await context.newPage();
      await page.goto(address);
      await expect(page.locator('.state.good').first()).toContainText('Done', { timeout: 120_000 });
      await expect(page.locator('main')).toContainText('69,659');
      await page.getByPlaceholder('Name, email, order').fill('c00004@cdnow.example');
      await page.keyboard.press('Enter');
      await page
        .getByRole('link', { name: /c00004@cdnow/ })
        .first()
        .click();
      await expect(page.locator('main')).toContainText('$29.33');
      await page.goto('/console/programme');
      await page.getByRole('link', { name: /draft/i }).first().click();
      await page.getByRole('button', { name: 'Add to the draft' }).click();
      await page.getByRole('button', { name: 'Save in the draft' }).click();
      await page.getByRole('link', { name: 'Try it on past orders' }).click();
      await expect(page.getByRole('img', { name: /^Rewards by month/ })).toBeVisible({ timeout: 60_000 });
      await page.getByRole('link', { name: 'Publish' }).click();
      await page.getByRole('button', { name: 'Show what changes' }).click();
      await page.getByRole('button', { name: 'Publish now' }).click({ timeout: 60_000 });
      await expect(page.getByRole('status').first()).toHaveText('The programme is published.', {
        timeout: 60_000,
      });
      await context.close();
    } finally {
      await portal.running.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/console/);
}
