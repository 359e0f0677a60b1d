import { expect, test } from '@playwright/test';
import { asVisitor, regulars, signInByCode } from './house.ts';

test.use({ javaScriptEnabled: false });

test('a company’s member orders again, staff answer with the order, and its manager archives', async ({
  page,
  browser,
}) => {
  await signInByCode(page, 'tom@northlight.example');
  await page.goto('/account/orders');
  await page.locator('main a.row').first().click();
  const number = (await page.getByRole('heading', { level: 1 }).textContent())?.replace('Order ', '') ?? '';
  await page.getByRole('link', { name: 'Order again' }).click();
  await page.getByText('Own reference, day and a note').click();
  await page.locator('#ownReference').fill('PO 2026-118');
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(page.getByRole('status')).toContainText('We have your request');
  await expect(page.locator('.state.big')).toHaveText('Waiting for an answer');
  const reference =
    (await page.getByRole('heading', { level: 1 }).textContent())?.replace('Request ', '') ?? '';

  const owner = await (await browser.newContext(asVisitor('owner'))).newPage();
  await owner.goto('/console/requests');
  await owner.locator('a.row').filter({ hasText: reference }).click();
  await expect(owner.locator('main')).toContainText('PO 2026-118');
  await owner.getByRole('link', { name: 'Record the order' }).click();
  await owner.getByRole('button', { name: 'Record the order' }).click();
  await expect(owner.getByRole('status')).toContainText('The customer is told');
  await expect(owner.locator('.state.big')).toHaveText('Is now an order');
  expect(JSON.parse(regulars('verify', '--json'))).toMatchObject({ differences: 0 });

  await page.reload();
  await expect(page.locator('.state.big')).toHaveText('Is now an order');
  await page.goto('/account/orders');
  await page.locator('a.row').filter({ hasText: number }).first().click();
  await expect(page.getByRole('button', { name: 'Archive this order' })).toBeHidden();
  await page.getByRole('link', { name: 'Ask about this order' }).click();
  await expect(page.getByLabel('A question')).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Answer me' })).toBeChecked();

  const manager = await (await browser.newContext(asVisitor('marta'))).newPage();
  await manager.goto(`/account/orders?search=${number}`);
  await manager.locator('main a.row').first().click();
  await manager.getByRole('button', { name: 'Archive this order' }).click();
  await expect(manager.getByRole('status')).toHaveText('The order is in the archive.');
  await page.goto('/account/orders?state=archived');
  await expect(page.locator('main a.row')).toHaveCount(1);
  await manager.getByRole('button', { name: 'Take it out of the archive' }).click();
  await owner.context().close();
  await manager.context().close();
});
