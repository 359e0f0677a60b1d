import { expect, type Page, test } from '@playwright/test';
import { axeFindings, overflowOf } from '../judge.ts';
import { asVisitor } from './house.ts';

test.use({ ...asVisitor('owner'), javaScriptEnabled: false });

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** An order of somebody new, so that nobody else of the demo is touched. */
async function record(page: Page, customer: string): Promise<void> {
  await page.goto('/console/orders/new');
  await page.locator('#customer').fill(customer);
  await page.locator('#product-0').fill('Walnut tray');
  await page.locator('#price-0').fill('250');
  await press(page, 'Record the order');
  await page.getByLabel(`Somebody new: ${customer}`).check();
  await press(page, 'Record the order');
  await expect(page.getByRole('status')).toHaveText('The order is recorded.');
}

test('staff make two customers one, see what changes and why, and undo it', async ({ page }) => {
  await record(page, 'twice-new@post.example');
  await record(page, 'twice-old@post.example');
  await page.goto('/console/search?search=twice-new@');
  await page.locator('a.row[href*="/customers/"]').first().click();
  await page.getByRole('link', { name: 'Merge with another customer' }).click();
  await page.getByLabel('Email, member number or name').fill('twice-old@');
  await page.getByRole('main').getByRole('button', { name: 'Find', exact: true }).click();
  await page.locator('a.row').filter({ hasText: 'twice-old@post.example' }).click();
  await expect(page.locator('tr', { hasText: /^\s*Orders/ })).toContainText('2');
  await expect(page.locator('main table tr')).toHaveCount(9);
  await expect(
    page.getByRole('navigation').locator('[aria-current]', { hasText: 'Customers' }).first(),
  ).toBeAttached();
  await expect(page.getByText('twice-old@post.example goes on working')).toBeVisible();
  await press(page, 'Merge the two');
  await expect(page.getByRole('status')).toContainText('You can undo it until');
  await page.locator('.back a').click();
  await expect(page.locator('#orders + ul > li, #orders ~ ul > li')).toHaveCount(2);
  await expect(page.getByText('Another account was merged into this one')).toBeVisible();
  await page.getByRole('link', { name: 'Merge with another customer' }).click();
  const address = page.url();
  await page.getByRole('link', { name: 'Undo the merge', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'What undoing the merge would change' })).toBeVisible();
  await expect(page.locator('tr', { hasText: /^\s*Orders/ }).locator('td')).toContainText([/2$/, /1$/, /1$/]);
  await page.goto(address);
  await expect(page.getByText('Can be undone until')).toBeVisible();
  await page.getByRole('link', { name: 'Undo the merge', exact: true }).click();
  await press(page, 'Separate the two again');
  await expect(page.getByRole('status')).toContainText('two customers again');
  await page.goto('/console/search?search=twice-old@');
  await expect(page.locator('a.row[href*="/customers/"]')).toHaveCount(1);
});

test.describe('with script', () => {
  test.use({ javaScriptEnabled: true });

  test('the comparison fits a phone, and axe finds nothing', async ({ page }) => {
    await page.goto('/console/search?search=anna@');
    const anna = (await page.locator('a.row[href*="/customers/"]').first().getAttribute('href')) ?? '';
    await page.goto('/console/search?search=viktor@');
    const viktor = (await page.locator('a.row[href*="/customers/"]').first().getAttribute('href')) ?? '';
    for (const address of [`${anna}/merge`, `${anna}/merge?with=${viktor.split('/').at(-1)}`]) {
      await page.goto(address);
      expect(await axeFindings(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await page.setViewportSize({ width: 1280, height: 900 });
    }
  });
});
