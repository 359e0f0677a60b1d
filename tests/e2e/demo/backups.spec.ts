import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { asVisitor } from './house.ts';

const backupsPage = '/console/settings/backups';

test.describe('as owner', () => {
  test.use(asVisitor('owner'));

  test('makes a backup, takes it home, tries it, and has more made each night', async ({ page }) => {
    await walk(page);
  });

  test.describe('without script', () => {
    test.use({ javaScriptEnabled: false });

    test('the same is done', async ({ page }) => {
      await walk(page);
    });
  });

  test('a schedule that makes no sense is refused, as typed', async ({ page }) => {
    await page.goto(backupsPage);
    await openSchedule(page);
    await page.getByLabel('How many').fill('0');
    await page.getByRole('button', { name: 'Save the schedule' }).click();
    await expect(page.getByRole('alert')).toContainText('enter a whole number from 1 to 365');
    await expect(page.getByLabel('How many')).toHaveValue('0');
  });
});

test.describe('as analyst', () => {
  test.use(asVisitor('analyst'));

  test('there is no such page', async ({ page }) => {
    expect((await page.request.get(backupsPage)).status()).toBe(404);
    expect((await page.request.get(`${backupsPage}/0198f3c2a4b87c1e9d5f6a7b8c9d0e1f`)).status()).toBe(404);
  });
});

/** The page renews itself while something is under way. */
async function walk(page: Page): Promise<void> {
  await page.goto(backupsPage);
  await page.getByRole('button', { name: 'Make one now' }).click();
  const newest = page
    .getByRole('listitem')
    .filter({ has: page.locator('.state') })
    .first();
  await expect(newest.locator('.state')).toHaveText('Made', { timeout: 60_000 });
  await expect(newest).toContainText(/\d orders, [\d,]+ ledger entries/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    newest.getByRole('link', { name: 'Fetch' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^regulars-\d{4}-\d{2}-\d{2}-\d{6}\.db$/);
  expect(
    readFileSync(await download.path())
      .subarray(0, 15)
      .toString(),
  ).toBe('SQLite format 3');
  await newest.getByRole('button', { name: 'Try restoring it' }).click();
  await expect(newest).toContainText(/Tried .*: restored whole, 0 differences/, { timeout: 90_000 });
  await openSchedule(page);
  await page.getByLabel('How often').selectOption('Every day');
  await page.getByRole('button', { name: 'Save the schedule' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The schedule was saved.' })).toBeVisible();
  await expect(page.locator('main')).toContainText('Every day at 03:00. Kept: 7.');
  await newest.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('heading', { name: /^Delete the backup of / })).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).first().click();
  await expect(page.getByRole('status').filter({ hasText: 'The backup was deleted.' })).toBeVisible();
  await openSchedule(page);
  await page.getByLabel('How often').selectOption('Never');
  await page.getByRole('button', { name: 'Save the schedule' }).click();
  await expect(page.locator('main')).toContainText('None is made by itself.');
}

/** Folded away once there is one. */
async function openSchedule(page: Page): Promise<void> {
  const isOpen = await page.getByLabel('How often').isVisible();
  if (!isOpen) await page.getByText('Change the schedule').click();
}
