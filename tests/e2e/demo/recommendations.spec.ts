import { expect, test } from '@playwright/test';
import { asVisitor } from './house.ts';

test.describe('recommendations', () => {
  test.use({ ...asVisitor('anna'), javaScriptEnabled: false });

  test('are shown with their reason, hidden for good, and no longer once nobody wants them', async ({
    page,
  }) => {
    await page.goto('/account');
    const shown = page.getByRole('region', { name: 'For you' });
    const decaf = shown.getByRole('listitem').filter({ hasText: 'Decaf Huila' });
    await expect(decaf).toContainText(/You buy it about every \d+ days; due around /);
    await decaf.getByRole('button', { name: /^Never show this/ }).click();
    await expect(shown.getByRole('status')).toHaveText('You will not be shown this product again.');
    await expect(decaf).toHaveCount(0);
    await shown.getByRole('link', { name: 'Change what you are shown' }).click();
    const wish = page.getByRole('region', { name: 'Recommendations' });
    await wish.getByText('Products you never want to see').click();
    await wish.getByRole('button', { name: /^Show again.*Decaf Huila/ }).click();
    await wish.getByRole('button', { name: 'Show no recommendations' }).click();
    await page.goto('/account');
    await expect(shown).toHaveCount(0);
    await page.goto('/account/settings');
    await wish.getByRole('button', { name: 'Show me recommendations' }).click();
    await page.goto('/account');
    await expect(decaf).toHaveCount(1);
  });
});

test.describe('recommendations for staff', () => {
  test.use(asVisitor('analyst'));

  test('stand on the page of a customer, with the counts behind them', async ({ page }) => {
    await page.goto('/console/customers?search=anna@');
    await page.locator('.dense tbody th a').click();
    const block = page.getByRole('region', { name: 'What else they might want' });
    await expect(block).toContainText('Asked to see recommendations');
    await block.getByText('Why?').click();
    await expect(block).toContainText(/Decaf Huila, 250 g: days on which they bought it – \d+/);
  });
});
