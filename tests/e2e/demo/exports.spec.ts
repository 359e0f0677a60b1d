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
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('feedback.csv');
    const csv = readFileSync(await download.path(), 'utf8');
    expect(csv.split('\n')[0]).toMatch(/^id,kind,told_at,/);
    expect(csv).toContain('anna@post.example');
  });

  test('a day that there is not is told on the page', async ({ page }) => {
    await page.goto('/console/exports/feedback?since=2026-02-30');
    await expect(page.getByRole('alert')).toContainText('From (day): enter a date such as 2026-03-01');
  });
});

test.describe('as analyst', () => {
  test.use(asVisitor('analyst'));

  test('nobody is named', async ({ page }) => {
    const answer = await page.request.get('/console/exports/feedback?format=ndjson&personal=yes');
    expect(await answer.text()).not.toContain('@');
    await page.goto('/uk/console/exports');
    await expect(page.getByText('псевдонім')).toBeVisible();
  });
});
