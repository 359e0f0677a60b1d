import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { asVisitor } from './house.ts';

test.use({ javaScriptEnabled: false });

test.describe('as owner', () => {
  test.use(asVisitor('owner'));

  test('staff take home what customers told, with names where they ask for them', async ({ page }) => {
    await page.goto('/console/exports');
    await page.getByLabel('With names and addresses').check();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download', exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('feedback.csv');
    const csv = readFileSync(await download.path(), 'utf8');
    expect(csv.split('\n')[0]).toMatch(/^id,kind,told_at,/);
    expect(csv).toContain('anna@post.example');
  });

  test('everything goes home as one archive, and a table by itself', async ({ page }) => {
    await page.goto('/console/exports');
    const get = async (button: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ]);
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    };
    const archive = await get('Get the archive');
    expect(archive.name).toBe('everything.tar.gz');
    expect([...archive.bytes.subarray(0, 2)]).toEqual([0x1f, 0x8b]);
    await page.getByRole('combobox', { name: 'Table' }).selectOption('consents');
    const table = await get('Get the table');
    expect(table.name).toBe('consents.csv');
    expect(String(table.bytes).split('\n')[0]).toMatch(/^\uFEFF?id,/);
  });

  test('a day that there is not is told on the page', async ({ page }) => {
    await page.goto('/console/exports/feedback?since=2026-02-30');
    await expect(page.getByRole('alert')).toContainText('From (day): enter a date such as 2026-03-01');
  });
});

test.describe('as analyst', () => {
  test.use(asVisitor('analyst'));

  test('no table is offered, and none is given', async ({ page }) => {
    await page.goto('/console/exports');
    await expect(page.getByRole('button', { name: 'Get the table' })).toHaveCount(0);
    const answers = ['everything', 'table?name=consents'].map((file) =>
      page.request.get(`/console/exports/${file}`),
    );
    for (const answer of await Promise.all(answers)) expect(answer.status()).toBe(404);
  });

  test('nobody is named', async ({ page }) => {
    const answer = await page.request.get('/console/exports/feedback?format=ndjson&personal=yes');
    expect(await answer.text()).not.toContain('@');
    await page.goto('/uk/console/exports');
    await expect(page.getByText('псевдонім')).toBeVisible();
  });
});
