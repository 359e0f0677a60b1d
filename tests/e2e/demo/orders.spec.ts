import { expect, type Page, test } from '@playwright/test';
import { asVisitor } from './house.ts';

test.use({ ...asVisitor('owner'), javaScriptEnabled: false });

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** An order of somebody new, so that nobody else of the demo is touched. */
async function record(page: Page, customer: string): Promise<void> {
  await page.goto('/console/orders/new');
  await page.locator('#customer').fill(customer);
  await page.locator('#product-0').fill('Walnut tray');
  await page.locator('#price-0').fill('250');
  await press(page, 'Count it up');
  await expect(page.locator('#preview')).toContainText('£250.00');
  await expect(page.locator('#preview')).toContainText('is on its way');
  await press(page, 'Record the order');
  await expect(page.getByRole('alert')).toContainText('no customer has this address');
  await page.getByLabel(`Somebody new: ${customer}`).check();
  await press(page, 'Record the order');
  await expect(page.getByRole('status')).toHaveText('The order is recorded.');
}

test('staff find an order, see why, refund a line, hold and release it, and move it and back', async ({
  page,
}) => {
  await record(page, 'tray-buyer@post.example');
  await record(page, 'other-buyer@post.example');
  await page.goto('/console/orders');
  await page.getByLabel('Number, customer or product').fill('tray-buyer@');
  await press(page, 'Show');
  await expect(page.locator('.totals')).toContainText('1 order');
  await page.locator('.dense tbody th a').click();
  await expect(page.getByRole('heading', { name: 'What it earned, and why' })).toBeVisible();
  await page.locator('#line-0').fill('300');
  await press(page, 'See what it takes back');
  await expect(page.getByRole('alert')).toContainText('more than is left');
  await page.locator('#line-0').fill('30');
  await press(page, 'See what it takes back');
  await expect(page.getByRole('heading', { name: /^Refund £30\.00 on order / })).toBeVisible();
  await expect(page.locator('main .sum').first()).toContainText('Walnut tray');
  await press(page, 'Record the refund');
  await expect(page.getByRole('status')).toHaveText('The refund is recorded.');
  await press(page, 'Put on hold');
  await press(page, 'Put on hold');
  await expect(page.getByRole('alert')).toContainText('choose a reason');
  await page.getByLabel('Reason').selectOption('The payment is not clear');
  await press(page, 'Put on hold');
  await expect(page.locator('.state.big')).toHaveText('On hold');
  await press(page, 'Release');
  await expect(page.locator('#status')).toHaveValue('confirmed');
  await page.locator('#status').selectOption('Delivered');
  await press(page, 'Record');
  await expect(page.locator('#status')).toHaveValue('');
  await page.locator('#status').selectOption('On its way');
  await press(page, 'Record');
  await expect(page.getByRole('heading', { name: /back to “On its way”/ })).toBeVisible();
  await expect(page.getByText('instead of “Delivered”')).toContainText('No email goes to the customer');
  await page.getByRole('link', { name: 'Change nothing' }).click();
  await expect(page.locator('.state.big')).toHaveText('Delivered');
  for (const [email, owner] of [
    ['other-buyer@post.example', 'tray-buyer@post.example'],
    ['tray-buyer@post.example', 'other-buyer@post.example'],
  ] as const) {
    await page.getByLabel('Email of the customer').fill(email);
    await press(page, 'Move the order');
    await expect(page.getByRole('status')).toContainText('both accounts are settled');
    await expect(page.getByText(`From ${owner} to ${email}`)).toBeVisible();
  }
});
