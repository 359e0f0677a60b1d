import { expect, test } from '@playwright/test';
import { tell } from './pages.ts';

test.use({ javaScriptEnabled: false });

test('signs in by code, after a mistyped one', async ({ page, context }) => {
  await tell(context, 'anonymous');
  await page.goto('/uk/account/orders');
  await expect(page).toHaveURL(/\/uk\/sign-in\?next=/);
  await page.getByRole('textbox').fill('ann');
  await page.getByRole('button').click();
  await expect(page.getByRole('alert')).toContainText('Введіть адресу');
  await page.getByRole('textbox').fill('ann@example.com');
  await page.getByRole('button').click();
  await expect(page).toHaveURL(/\/uk\/sign-in\/code\?id=c1/);
  await page.getByRole('textbox').fill('000000');
  await page.getByRole('button').click();
  await expect(page.getByRole('alert')).toContainText('Це не код');
  await tell(context, 'full');
  await page.getByRole('textbox').fill('123 456');
  await page.getByRole('button').click();
  await expect(page).toHaveURL('/uk/account/orders');
});

test('opens a link without using it up, and asks another browser for the code', async ({ page, context }) => {
  await tell(context, 'anonymous');
  const response = await page.goto('/sign-in/link?token=elsewhere');
  expect(await response?.headerValue('referrer-policy')).toBe('no-referrer');
  expect(await response?.headerValue('cache-control')).toBe('no-store');
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await page.getByRole('button', { name: 'Sign me in' }).click();
  await page.getByLabel('Six-digit code').fill('123456');
  await tell(context, 'full');
  await page.getByRole('button', { name: 'Sign me in' }).click();
  await expect(page).toHaveURL('/account');
});

test('turns credit into a voucher in two steps', async ({ page }) => {
  await page.goto('/account');
  await page.getByRole('link', { name: 'Turn it into a voucher' }).click();
  await page.getByLabel('Amount in EUR').fill('50');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert')).toContainText('€15.00 or less');
  await page.getByLabel('Amount in EUR').fill('5,00');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Make a voucher of €5.00?');
  await page.getByRole('button', { name: 'Make the voucher' }).click();
  await expect(page.getByRole('status')).toContainText('K7QM-4TXA');
});

test('finds an order and opens why it earned what it earned', async ({ page }) => {
  await page.goto('/account/orders');
  await page.getByLabel('Search').fill('guji');
  await page.getByLabel('Year').selectOption('2026');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL('/account/orders?search=guji&year=2026&state=');
  await page.getByRole('link', { name: 'Older' }).click();
  await expect(page).toHaveURL(/search=guji.*page=2/);
  await page.getByRole('link', { name: /FK-10482/ }).click();
  await expect(page.getByText('Earned by the orders before it')).toBeVisible();
  await expect(page.getByText('gift cards do not count')).toBeVisible();
});

test('shows on a phone, without scrolling, what there is and how far the next target is', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/account');
  for (const text of [
    '€15.00',
    '€5.00 more is on its way',
    '€10.00 lapses on 31 Dec 2026',
    '€36.80 to go, then €5.00 back',
  ])
    await expect(page.getByText(text, { exact: true }).first()).toBeInViewport();
});

test('refuses a form of another site', async ({ request }) => {
  const answer = await request.post('/sign-out', { headers: { Origin: 'https://evil.example' }, form: {} });
  expect(answer.status()).toBe(403);
});
