import { expect, test } from '@playwright/test';
import { askForCode, asVisitor, hrefOf, newestMail, signInByCode, visitors } from './house.ts';

test.use({ javaScriptEnabled: false });

test.describe('Anna, a regular', () => {
  test.use(asVisitor('anna'));

  test('searches, filters and pages through her orders', async ({ page }) => {
    await page.goto('/account/orders');
    await page.getByRole('link', { name: 'Older' }).click();
    await expect(page).toHaveURL(/page=2/);
    await expect(page.getByText('Page 2 of')).toBeVisible();
    await page.getByLabel('Search').fill('teapot');
    await page.getByRole('button', { name: 'Show' }).click();
    const rows = page.locator('.rows > li');
    await expect(rows.first()).toContainText(/teapot/i);
    await page.getByLabel('Search').fill('');
    await page.getByLabel('Status').selectOption('cancelled');
    await page.getByRole('button', { name: 'Show' }).click();
    for (const row of await rows.all()) await expect(row).toContainText('Cancelled');
    await page.getByRole('link', { name: 'Clear filters' }).click();
    await expect(page).toHaveURL('/account/orders');
  });

  test('switches between her own orders and those of the household', async ({ page }) => {
    await page.goto('/account/orders');
    const accounts = page.getByRole('navigation', { name: 'Account', exact: true });
    await accounts.getByRole('link', { name: 'Kovalenko & Reed' }).click();
    for (const row of await page.locator('.rows > li').all())
      await expect(row).toContainText('Kovalenko & Reed');
    await page
      .getByRole('navigation', { name: 'Your account' })
      .getByRole('link', { name: 'Rewards' })
      .click();
    await expect(page).toHaveURL(/\/account\/rewards\?account=/);
    await expect(accounts.getByRole('link', { name: 'Kovalenko & Reed' })).toHaveAttribute(
      'aria-current',
      'true',
    );
  });

  test('follows every one of her latest orders to its page', async ({ page }) => {
    await page.goto('/account');
    const links = await page.locator('a.row').all();
    const hrefs = await Promise.all(links.map((link) => link.getAttribute('href')));
    expect(hrefs.length).toBeGreaterThan(3);
    for (const href of hrefs) {
      const response = await page.goto(href ?? '');
      expect(response?.status()).toBe(200);
      await expect(page.getByRole('heading', { name: 'What this order earned' })).toBeVisible();
    }
  });

  test('filters her statement and takes it home as CSV', async ({ page }) => {
    await page.goto('/account/rewards');
    await page.getByLabel('Entries').selectOption('out');
    await page.getByRole('button', { name: 'Show' }).click();
    const href = await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href');
    const csv = await page.request.get(href ?? '');
    expect(csv.headers()['content-type']).toBe('text/csv; charset=utf-8');
    const [, ...lines] = (await csv.text()).trim().split(/\r?\n/);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/,-\d+\.\d\d,/);
  });

  test('turns credit into a voucher', async ({ page }) => {
    await page.goto('/account');
    await page.getByRole('link', { name: 'Use my credit' }).click();
    await page.getByLabel('Amount in GBP').fill('1,50');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText(/^Valid until \d+ \w+ \d{4}\./)).toBeVisible();
    await page.getByRole('button', { name: 'Create voucher' }).click();
    await expect(page.getByRole('status')).toContainText('Your voucher is ready');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Voucher for £1.50');
    const code = (await page.locator('.digits').textContent()) ?? '';
    expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4})+$/);
    await expect(page.getByRole('img', { name: `QR code of the voucher ${code}` })).toBeVisible();
    await page.goto('/account');
    await expect(page.locator('.voucher').filter({ hasText: code })).toHaveCount(1);
  });

  test('keeps the navigation of her account where nothing is found', async ({ page }) => {
    for (const path of [
      '/account/no-such-page',
      '/account/orders/web/none',
      '/account/rewards/vouchers/none',
    ]) {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(404);
      await expect(page.getByRole('navigation', { name: 'Your account' })).toContainText('Rewards');
      await expect(page.getByRole('link', { name: 'Back to your account' })).toBeVisible();
    }
  });

  test('reads all mistakes of a form at once', async ({ page }) => {
    await page.goto('/account/feedback/new');
    await page.getByLabel('Who served you').fill('x');
    await page.getByRole('button', { name: 'Send' }).click();
    const problems = page.getByRole('alert').getByRole('link');
    await expect(problems).toHaveCount(2);
    for (const link of await problems.all()) {
      const field = (await link.getAttribute('href')) ?? '';
      await expect(page.locator(field)).toBeVisible();
    }
  });

  test('prints the whole statement from one page', async ({ page }) => {
    await page.goto('/account/rewards');
    const some = await page.locator('.ledger > li').count();
    await page.getByRole('link', { name: 'Full statement on one page' }).click();
    await expect.poll(() => page.locator('.ledger > li').count()).toBeGreaterThan(some);
    await expect(page.getByRole('navigation', { name: 'Pages' })).toHaveCount(0);
  });

  test('is no member of staff', async ({ page }) => {
    await page.goto('/console');
    await expect(page).toHaveURL(/\/sign-in\/staff/);
  });
});

test.describe('Marta, the buyer of a company', () => {
  test.use(asVisitor('marta'));

  test('sees nothing of anybody else', async ({ page, browser }) => {
    const anna = await browser.newContext(asVisitor('anna'));
    const hers = await anna.newPage();
    const order = await hrefOf(hers, '/account', 'a.row');
    const account = await hrefOf(hers, '/account', '.switch a');
    const voucher = await hrefOf(hers, '/account', '.voucher a');
    await anna.close();
    for (const path of [
      order,
      `/account${account}`,
      `/account/orders${account}`,
      `/account/rewards${account}`,
      `/account/rewards.csv${account}`,
      `/account/rewards/voucher${account}`,
      voucher,
    ]) {
      const response = await page.goto(path).catch(() => null);
      const body = (await response?.text()) ?? '';
      expect(body, path).not.toContain('Kovalenko');
      if (!path.startsWith('/account/orders?')) expect(response?.status(), path).toBe(404);
    }
  });

  test('reads at each order which department bought it', async ({ page }) => {
    await page.goto('/account/orders');
    await expect(page.locator('.rows')).toContainText(/Northlight Studio, \w+/);
  });
});

test('Daniel changes his address with proof of both, and the old one is told', async ({ browser }) => {
  const context = await browser.newContext({ ...asVisitor('daniel'), javaScriptEnabled: false });
  const page = await context.newPage();
  const next = 'daniel.reed@post.example';
  await page.goto('/account/settings');
  await page.getByLabel('New email address').fill(next);
  await page.getByRole('button', { name: 'Send the codes' }).click();
  await expect(page.getByRole('status')).toContainText(next);
  await page.getByLabel('Code from the new address').fill((await newestMail(page, next)).code);
  const old = await newestMail(page, `To ${visitors.daniel}`);
  await page.getByLabel('Code from the old address').fill(old.code);
  await page.getByRole('button', { name: 'Change my address' }).click();
  await expect(page.getByText(`You sign in with ${next}.`)).toBeVisible();
  const notice = await newestMail(page, `To ${visitors.daniel}`);
  expect(notice.text).not.toMatch(/\b\d{3} \d{3}\b/);
  await context.close();
});

test('Iryna signs out everywhere, and no browser of hers is left', async ({ browser }) => {
  const email = 'iryna@northlight.example';
  const [one, other] = await Promise.all([browser.newContext(), browser.newContext()]);
  const [here, there] = [await one.newPage(), await other.newPage()];
  await signInByCode(here, email);
  await signInByCode(there, email);
  await here.goto('/account/settings/devices');
  await here.getByRole('button', { name: 'Sign out everywhere', exact: true }).click();
  await expect(here.getByRole('status').first()).toContainText('You have signed out');
  for (const page of [here, there]) {
    await page.goto('/account');
    await expect(page).toHaveURL(/\/sign-in\?next=/);
  }
  await Promise.all([one.close(), other.close()]);
});

test('a link opened in another browser asks for the code', async ({ browser }) => {
  const email = 'tom@northlight.example';
  const [asking, other] = await Promise.all([browser.newContext(), browser.newContext()]);
  const [first, second] = [await asking.newPage(), await other.newPage()];
  await first.goto('/sign-in');
  await askForCode(first, email);
  const { link, code } = await newestMail(first, email);
  await second.goto(link);
  await second.getByRole('button', { name: 'Sign in' }).click();
  await second.getByLabel('Six-digit code').fill(code);
  await second.getByRole('button', { name: 'Sign in' }).click();
  await expect(second).toHaveURL('/account');
  await Promise.all([asking.close(), other.close()]);
});
