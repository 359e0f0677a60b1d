import { expect, test } from '@playwright/test';
import { asVisitor } from './house.ts';

test.use(asVisitor('owner'));

test('a rule is drafted beside its example, tried on past orders and published', async ({ page }) => {
  await page.goto('/console/programme');
  await expect(page.getByText('Given in')).toHaveCount(4);
  await page.getByRole('link', { name: 'Change it in a draft' }).click();
  await page.getByLabel('Rewards at rising targets').check();
  await page.getByRole('button', { name: 'Add to the draft' }).click();

  const preview = page.getByRole('complementary', { name: 'How customers read it' });
  await expect(preview).toContainText('With a typical customer');
  await page.getByLabel('Name (English)').fill('A good quarter');
  await page.getByLabel('Counting starts again').selectOption('every quarter');
  await page.getByLabel('For orders of').first().fill('100');
  await page.getByLabel('Money back').first().fill('7.77');
  await expect(preview).toContainText('£7.77');
  await page.getByLabel('For orders of').nth(1).fill('100');
  await page.getByRole('button', { name: 'Save in the draft' }).click();
  await expect(page.getByRole('alert')).toContainText('a different one in each row');
  await page.getByLabel('For orders of').nth(1).fill('900');
  await page.getByRole('button', { name: 'Save in the draft' }).click();
  await expect(page.getByRole('status')).toHaveText('Saved in the draft.');
  await expect(page.getByText('Begins on the day you choose when publishing')).toBeVisible();

  await page.getByRole('link', { name: 'Try it on past orders' }).click();
  await expect(page.getByText('Difference').locator('xpath=..')).toContainText('+£');
  await expect(page.getByRole('img', { name: /^Rewards by month/ })).toBeVisible();
  await page.getByText('The figures as a table').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('rehearsal.csv');
  await page.getByRole('link', { name: 'Publish' }).click();
  await page.getByRole('button', { name: 'Show what changes' }).click();
  await expect(page.getByText('New: A good quarter')).toBeVisible();
  await expect(page.getByText('Nothing is credited at once')).toBeVisible();
  await page.getByRole('button', { name: 'Publish now' }).click();
  await expect(page.getByRole('status')).toHaveText('The programme is published.');
  await expect(page.getByText('New: A good quarter')).toBeVisible();
  await expect(page.getByText(/^Begins on/)).toBeVisible();
});

test('without script a rule asks what fits its choices, and gives back what was typed before', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...asVisitor('owner'), javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/console/programme/draft/every-hundred');
  const months = page.getByLabel('Months the voucher is valid');
  await page.getByLabel('As credit').check();
  await expect(months).toBeHidden();
  await page.getByLabel('As a voucher').check();
  await expect(months).toBeVisible();
  await page.getByLabel('Rewards expire').selectOption('never');
  await expect(page.getByLabel('Months', { exact: true })).toBeHidden();

  await page.getByLabel('For orders of').fill('123');
  await page.getByRole('combobox', { name: 'What it gives' }).selectOption('Rewards at rising targets');
  await page.getByRole('button', { name: 'Save in the draft' }).click();
  await expect(page.getByRole('alert')).toContainText('Check the amounts, then save');
  await expect(page.getByLabel('For orders of').first()).toHaveValue('200');
  await page.getByRole('combobox', { name: 'What it gives' }).selectOption({ index: 0 });
  await page.getByRole('button', { name: 'Show the fields for this choice' }).click();
  await expect(page.getByLabel('For orders of')).toHaveValue('123');
  await expect(page.getByLabel('As a voucher')).toBeChecked();
  await context.close();
});
