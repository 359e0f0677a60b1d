import { expect, test } from '@playwright/test';
import { asVisitor } from './house.ts';

for (const { javaScriptEnabled, name, phone } of [
  { javaScriptEnabled: false, name: 'Olha Counter', phone: '+44 20 7946 0199' },
  { javaScriptEnabled: true, name: 'Petro Counter', phone: '+44 20 7946 0288' },
]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ ...asVisitor('owner'), javaScriptEnabled });

    test('staff add somebody without an email, are asked about a double, and correct the name', async ({
      page,
    }) => {
      await page.goto('/console/customers');
      await page.getByRole('link', { name: 'Add a customer' }).click();
      await page.getByLabel('Name').fill(name);
      await page.getByLabel('Phone').fill('call me');
      await page.getByRole('button', { name: 'Add the customer' }).click();
      await expect(page.getByRole('alert')).toContainText('Phone');
      await page.getByLabel('Phone').fill(phone);
      await page.getByRole('button', { name: 'Add the customer' }).click();
      await expect(page.getByRole('status')).toHaveText('The customer is added.');
      await page.getByRole('link', { name: 'Correct the details' }).click();
      await page.getByLabel('Name').fill(`${name} Lea`);
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('heading', { name: `${name} Lea` })).toBeVisible();

      await page.goto('/uk/console/customers/new');
      await page.getByLabel('Ім’я').fill(`${name} lea`);
      await page.getByRole('button', { name: 'Додати клієнта' }).click();
      await expect(page.getByRole('heading', { name: 'Це хтось із них?' })).toBeVisible();
      await expect(page.getByRole('link', { name: `${name} Lea` })).toBeVisible();
    });

    test('a member’s address is told and not to be changed by staff', async ({ page }) => {
      await page.goto('/console/customers?search=anna@');
      await page.locator('.dense tbody th a').first().click();
      await page.getByRole('link', { name: 'Correct the details' }).click();
      await expect(page.getByText('only they can change it')).toBeVisible();
      await expect(page.locator('input[name="email"]')).toHaveCount(0);
    });
  });
}

test.describe('keys', () => {
  test.use(asVisitor('owner'));

  test('selecting is offered in a list of orders alone', async ({ page }) => {
    for (const [path, count] of [
      ['/console/customers', 0],
      ['/console/orders', 1],
    ] as const) {
      await page.goto(path);
      await page.keyboard.press('?');
      await expect(page.locator('dialog kbd', { hasText: 'Ctrl K' })).toBeVisible();
      await expect(page.locator('dialog [data-key="x"]')).toHaveCount(count);
    }
  });
});
