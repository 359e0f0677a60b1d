import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { asVisitor } from './house.ts';

test.use(asVisitor('owner'));

test('an owner defines a field, staff fill it, filter by it and take the list home', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('/console/customers');
  await page.getByRole('link', { name: 'Own fields' }).click();
  await page.getByLabel('Name (English)').fill('Favourite tea');
  await page.getByLabel('Short name').fill('Tea');
  await page.getByLabel('Kind').selectOption({ label: 'Choice' });
  await page.getByLabel('Choices').fill('Assam\nSencha');
  await page.getByRole('button', { name: 'Save field' }).click();
  await expect(page.getByRole('alert')).toContainText('small Latin letters');
  await expect(page.getByLabel('Choices')).toHaveValue('Assam\nSencha');
  await page.getByLabel('Short name').fill('tea');
  await page.getByRole('button', { name: 'Save field' }).click();
  await expect(page.getByText('own:tea')).toBeVisible();

  await page.goto('/console/customers?search=anna@');
  await page.getByRole('rowheader').getByRole('link').click();
  await page.getByRole('link', { name: 'Who they are' }).click();
  await page.getByLabel('Favourite tea').selectOption('Sencha');
  await page.getByRole('button', { name: 'Save fields' }).click();
  await expect(page.getByLabel('Favourite tea')).toHaveValue('Sencha');
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('link', { name: 'What staff did' }).click();
  await expect(page.getByText('Own fields changed')).toBeVisible();

  await page.goto('/console/customers');
  await page.getByText('More filters').click();
  await page.getByLabel('Own field').selectOption({ label: 'Favourite tea' });
  await page.getByLabel('holds').fill('sencha');
  await page.getByText('Columns', { exact: true }).click();
  await page.getByRole('checkbox', { name: 'Favourite tea' }).check();
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByText('1 customer', { exact: true })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines[0]).toMatch(/^name,.*,own:tea$/);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/,Sencha$/);

  await page.goto('/console/own-fields');
  await page.getByRole('button', { name: /^Remove.*Favourite tea$/ }).click();
  await expect(page.getByText('It holds something of 1 customer.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove the field' }).click();
  await expect(page.getByText('The field is removed.')).toBeVisible();
});

test.describe('on a phone without script, in Ukrainian', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });

  test('a customer is found, kept on top and let go', async ({ page }) => {
    await page.goto('/uk/console/customers');
    await page.getByLabel('Ім’я, пошта, телефон або номер').fill('marta@');
    await page.getByRole('button', { name: 'Показати' }).click();
    await page.getByRole('rowheader').getByRole('link').click();
    await page.getByRole('button', { name: 'Закріпити серед ключових' }).click();
    await expect(page.getByText('Цей рахунок закріплено серед ключових.')).toBeVisible();
    await page.goto('/uk/console/customers');
    await expect(page.getByRole('heading', { name: 'Закріплені' })).toBeVisible();
    await page.goBack();
    await page.getByRole('button', { name: 'Відкріпити від ключових' }).click();
    await expect(page.getByRole('button', { name: 'Закріпити серед ключових' })).toBeVisible();
  });
});
