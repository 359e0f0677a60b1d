import { expect, test } from '@playwright/test';
import { asVisitor } from './house.ts';

test.use(asVisitor('owner'));

test('a segment is built by buttons alone, saved, explained, and changed', async ({ browser }) => {
  const context = await browser.newContext({ ...asVisitor('owner'), javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/console/segments/new');
  await page.getByLabel('Id').fill('often-seen');
  await page.getByLabel('What you call it').fill('Often seen');
  await page.getByLabel('Value').fill('two');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('This rule is not whole');
  await page.getByLabel('Value').fill('2');
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByRole('group', { name: 'Rule 2' }).getByLabel('What').selectOption('account.kind');
  await page.getByRole('button', { name: 'Show' }).last().click();
  await page.getByRole('group', { name: 'Rule 2' }).getByLabel('How').selectOption('=');
  await page.getByRole('group', { name: 'Rule 2' }).getByLabel('Value').selectOption('personal');
  await page.getByRole('button', { name: 'Show' }).last().click();
  await expect(page.locator('#preview')).toContainText(/\d+ accounts?/);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Often seen');
  await expect(page.getByRole('status')).toHaveText('Saved.');
  await page
    .getByRole('link', { name: /^Why\?/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Why is');
  await expect(page.getByRole('main')).toContainText('Orders: at least 2 — yes');
  await context.close();
});

test('who fits is counted while a rule is typed', async ({ page }) => {
  await page.goto('/console/segments/new');
  await page.getByLabel('Value').fill('3');
  await expect(page.locator('#preview')).toContainText(/\d+ accounts?/);
  const before = await page.locator('#preview').textContent();
  await page.getByLabel('Value').fill('30000');
  await expect(page.locator('#preview')).toContainText('0 accounts');
  expect(before).not.toContain('fits0 accounts');
});

test('one of those to begin with is taken', async ({ page }) => {
  await page.goto('/console/segments');
  await page.getByRole('button', { name: /^Take it.*Open troubles/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Open troubles');
});
