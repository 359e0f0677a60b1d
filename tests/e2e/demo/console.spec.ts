import { expect, test } from '@playwright/test';
import { asVisitor, regulars } from './house.ts';

test.use({ javaScriptEnabled: false });

test('strangers are asked to sign in, and told how staff do', async ({ page }) => {
  await page.goto('/console/customers/anybody');
  await expect(page).toHaveURL(/\/sign-in\/staff\?next=/);
  await expect(page.getByText('Ask an owner')).toBeVisible();
});

for (const who of ['owner', 'analyst'] as const) {
  test.describe(`as ${who}`, () => {
    test.use(asVisitor(who));

    test('the business is there at a glance', async ({ page }) => {
      await page.goto('/console');
      await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex');
      for (const heading of [
        'What you owe your customers',
        'Current programme',
        'Jobs',
        'Latest imports',
        'Email',
      ])
        await expect(page.getByRole('heading', { name: heading })).toBeVisible();
      await expect(page.locator('.total .money').first()).toContainText('£');
    });

    test('a customer is found by email, name and order, and read but not changed', async ({ page }) => {
      const find = async (text: string) => {
        await page.goto('/console');
        await page.getByRole('searchbox', { name: 'Find a customer, an order or a code' }).fill(text);
        await page.getByRole('button', { name: 'Find' }).click();
        await page.locator('a.row').first().click();
      };
      const isHis = () => expect(page.getByRole('heading', { level: 1 })).toHaveText('Віктор Гриценко');
      for (const text of ['viktor@post', 'віктор гриценко']) {
        await find(text);
        await isHis();
      }
      const refund = await page.getByText(/^Refund on order /).textContent();
      const number = refund?.replace('Refund on order ', '') ?? '';
      await find(number);
      await page.getByRole('main').getByRole('link', { name: 'Віктор Гриценко' }).click();
      await isHis();
      await expect(page.getByText('owed after a return')).toBeVisible();
      await expect(page.getByText(`Taken back after a return, order ${number}`).first()).toBeVisible();
      await expect(page.locator('main form')).toHaveCount({ analyst: 0, owner: 4 }[who]);
    });

    test('what nobody has is not there', async ({ page }) => {
      await page.goto('/console/search?search=zzzz');
      await expect(page.getByRole('status')).toContainText('Nothing found');
      expect((await page.goto('/console/customers/zzzz'))?.status()).toBe(404);
    });
  });
}

test('staff sign out', async ({ page }) => {
  await page.goto(regulars('staff', 'add', 'agent@fernandkettle.example', '--role', 'agent'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto('/console');
  await expect(page).toHaveURL(/\/sign-in\/staff\?next=/);
});
