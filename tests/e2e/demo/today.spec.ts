import { expect, type Page, test } from '@playwright/test';
import { asVisitor } from './house.ts';

test.use({ ...asVisitor('owner'), javaScriptEnabled: false });

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const main = (page: Page) => page.getByRole('main');

test('what needs a hand is one press away: a payout is paid, undone, and a donation passed on', async ({
  page,
}) => {
  await page.goto('/console');
  await main(page)
    .getByRole('link', { name: /^Payouts and donations to pay/ })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payouts and donations');
  const rows = page.locator('.dense tbody tr');
  const before = await rows.count();
  await rows.filter({ hasText: 'Payout' }).first().getByRole('button').click();
  await expect(page.getByRole('status')).toContainText('1 marked as paid');
  await expect(rows).toHaveCount(before - 1);
  await main(page).getByRole('link', { name: 'Paid', exact: true }).click();
  await rows.filter({ hasText: 'Payout' }).first().getByRole('link').click();
  await press(page, 'It was not paid after all');
  await expect(page.getByRole('status')).toContainText('The payment is undone');
  await press(page, 'Return to the balance');
  await expect(page.getByRole('alert')).toContainText('Write 1 to 500 characters');
  await page.getByLabel('Payment reference').fill('Transfer 88');
  await press(page, 'Mark as paid');
  await expect(main(page)).toContainText('Transfer 88');
  await page.goto('/console/payouts?state=causes');
  await expect(page.locator('.dense tbody')).toContainText('Riverside animal shelter');
});

test('nothing is marked where nothing is chosen', async ({ page }) => {
  await page.goto('/console/payouts');
  await press(page, 'Mark the chosen ones as paid');
  await expect(page.getByRole('alert')).toContainText('Choose at least one');
});

test('a period stands in the address, its figures lead to their list, and the table says what the charts do', async ({
  page,
}) => {
  await page.goto('/console');
  await main(page).getByRole('link', { name: 'This year' }).click();
  await expect(page).toHaveURL(/period=year/);
  const row = page
    .locator('.dense tbody tr')
    .filter({ has: page.getByRole('link', { name: 'Orders', exact: true }) });
  const told = (await row.locator('td').first().textContent()) ?? '';
  await page.getByText('The same as a table').click();
  await expect(page.getByRole('img', { name: /^Spend, GBP/ })).toBeVisible();
  await row.getByRole('link').click();
  await expect(page).toHaveURL(/\/console\/orders\?since=\d{4}-01-01&until=/);
  await expect(page.locator('.totals')).toContainText(told.trim());
});

test('rewards lead to what moved the balances on these days', async ({ page }) => {
  for (const name of ['given', 'taken back', 'redeemed', 'expired']) {
    // What others of these tests move meanwhile is in the second figure and not in the first.
    await expect(async () => {
      await page.goto('/console?period=year');
      const row = page
        .locator('.dense tbody tr')
        .filter({ has: page.getByRole('link', { name: `Rewards ${name}`, exact: true }) });
      const told = (await row.locator('td').first().textContent()) ?? '';
      await row.getByRole('link').click();
      await expect(page).toHaveURL(/\/console\/proof\/movements\?period=days&since=\d{4}-01-01&until=/);
      const moved = page.locator('tfoot').first();
      await expect(moved).toContainText(told.replace(/[^\d.,]/g, ''), { timeout: 2000 });
    }).toPass();
  }
});

test('days of one’s own choice are kept, and what is no period is said', async ({ page }) => {
  await page.goto('/console');
  await page.getByLabel('From', { exact: true }).fill('2025-01-01');
  await page.getByLabel('To', { exact: true }).fill('2025-01-31');
  await press(page, 'Show these days');
  await expect(page).toHaveURL(/since=2025-01-01&until=2025-01-31/);
  await expect(page.locator('caption').first()).toContainText('Jan 2025');
  await page.goto('/console?period=days&since=2025-02-01&until=2025-01-01');
  await expect(page.getByRole('status')).toContainText('make no period');
});

test.describe('as analyst', () => {
  test.use(asVisitor('analyst'));

  test('figures are read, nobody is named, and nothing is paid', async ({ page }) => {
    await page.goto('/console/payouts?state=paid');
    await expect(page.locator('.dense tbody')).not.toContainText('post.example');
    await expect(page.locator('main form button')).toHaveCount(0);
    const file = await page.request.get('/console/today.csv?period=year');
    expect(await file.text()).toMatch(/^period,since,until,currency,orders/);
  });
});
