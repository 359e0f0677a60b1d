import { expect, type Page, test } from '@playwright/test';
import { asVisitor, hrefOf, regulars } from './house.ts';

test.use({ javaScriptEnabled: false });

test.describe('as marta', () => {
  test.use(asVisitor('marta'));

  test('what was mailed is read in the portal, in words and with its link', async ({ page }) => {
    await page.goto('/account');
    const inbox = page.getByRole('link', { name: /^Inbox/ });
    await expect(inbox).toContainText(/\d+ unread/);
    await inbox.click();
    await expect(page.locator('a.row').first()).toContainText('New');
    await page.reload();
    await expect(inbox).not.toContainText('unread');
    await page.locator('a.row').first().click();
    await expect(page.getByRole('heading', { level: 1 })).not.toBeEmpty();
    await expect(page.locator('main .button')).toHaveAttribute('href', /^http/);
  });
});

test.describe('as anna', () => {
  test.use(asVisitor('anna'));

  test('a topic is switched off and on in the preferences', async ({ page }) => {
    await page.goto('/account/settings/mail');
    const surveys = page.getByLabel('Surveys', { exact: true });
    for (const wish of ['off', 'on']) {
      await surveys.selectOption(wish);
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('status')).toBeVisible();
      await expect(surveys).toHaveValue(wish);
    }
  });

  test('nothing unasked is a choice, and a page that lay open takes nothing back', async ({ page }) => {
    await page.goto('/account/settings/preferences');
    const late = await page.context().newPage();
    await late.goto('/account/settings/preferences');
    const save = async (on: Page, field: string, value: string) => {
      await on.getByLabel(field, { exact: true }).selectOption(value);
      await on.getByRole('button', { name: 'Save' }).click();
      await expect(on.getByRole('status')).toBeVisible();
    };
    const week = 'Messages a week';
    await save(page, week, '0');
    await expect(page.getByLabel(week)).toHaveValue('0');
    await save(page, 'Club', 'off');
    await save(late, 'Emails as', 'plain');
    await expect(late.getByLabel('Club', { exact: true })).toHaveValue('off');
    await expect(late.getByLabel(week)).toHaveValue('0');
    await save(late, week, '');
    await save(late, 'Club', 'on');
    await save(late, 'Emails as', 'full');
    await late.close();
  });
});

test.describe('from a mail', () => {
  /** The foot of the newest mail that has one, as its reader finds it: codes for other tests may have come after it. */
  async function footOf(page: Page, path = '/mailbox'): Promise<string> {
    await page.goto(path);
    const text = (await page.locator('.letter').allTextContents()).join('\n');
    const [foot] = /http\S+\/mail\/unsubscribe\?token=\S+/.exec(text) ?? [];
    if (foot !== undefined) return foot;
    const older = page.locator('a[rel=next]');
    return (await older.count()) === 0 ? '' : footOf(page, `/mailbox${await older.getAttribute('href')}`);
  }

  test('a topic ends by one press without signing in, and opening the page ends nothing', async ({
    page,
    request,
  }) => {
    const link = await footOf(page);
    expect(link).not.toBe('');
    for (const method of ['HEAD', 'GET'] as const) await request.fetch(link, { method });
    await page.goto(link);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Unsubscribe');
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await expect(page.getByRole('status')).toContainText('no longer');
    await page.getByRole('button', { name: 'Subscribe again' }).click();
    await expect(page.getByRole('status')).toContainText('again');
  });

  test('a mail program ends it in one click, from nowhere, on this page alone', async ({ page, request }) => {
    const link = await footOf(page);
    const form = { 'List-Unsubscribe': 'One-Click' };
    expect((await request.post(link, { form })).status()).toBe(204);
    await page.goto(link);
    await page.goto(`${link}&done=off`);
    await page.getByRole('button', { name: 'Subscribe again' }).click();
    const elsewhere = new URL('/sign-in', link).href;
    expect((await request.post(elsewhere, { form })).status()).toBe(403);
  });

  test('a link that is not whole says so', async ({ page }) => {
    const answer = await page.goto('/mail/unsubscribe?token=nobody.rewards.x');
    expect(answer?.status()).toBe(404);
  });
});

test('staff set up a second factor, and are asked for it from then on', async ({ page }) => {
  const { Secret, TOTP } = await import('otpauth');
  const email = 'second@fernandkettle.example';
  await page.goto(regulars('staff', 'add', email, '--role', 'manager'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Set up a second factor' }).click();
  const key = ((await page.locator('.receipt code').textContent()) ?? '').replaceAll(' ', '');
  const codeAt = (timestamp: number) => TOTP.generate({ secret: Secret.fromBase32(key), timestamp });
  await page.getByLabel('Code shown in the app now').fill('000000');
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  const second = ((await page.locator('.receipt code').textContent()) ?? '').replaceAll(' ', '');
  const now = Date.now();
  await page
    .getByLabel('Code shown in the app now')
    .fill(TOTP.generate({ secret: Secret.fromBase32(second), timestamp: now }));
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your paper codes');
  const paper = (await page.locator('.receipt code').first().textContent()) ?? '';
  expect(codeAt(now)).toMatch(/^\d{6}$/);
  await page.getByRole('link', { name: 'I have saved them' }).click();
  await expect(page).toHaveURL('/console');
  await page.getByRole('button', { name: 'Sign out' }).click();

  await page.goto('/console');
  await expect(page).toHaveURL(/\/sign-in\/staff/);
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const window = await page.context().newPage();
  await window.goto('/mailbox');
  const digits = window.locator('.mails > li').filter({ hasText: email }).first().locator('.digits');
  const code = ((await digits.textContent()) ?? '').replace(' ', '');
  await window.close();
  await page.getByLabel('Six-digit code').fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/sign-in\/factor/);
  await page.goto('/console/mail');
  await expect(page).toHaveURL(/\/sign-in\/factor/);
  await page.getByLabel('Code', { exact: true }).fill(paper.toLowerCase());
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/console/mail');
});

test.describe('as owner', () => {
  test.use(asVisitor('owner'));

  test('the team is managed and each act is in the log', async ({ page }) => {
    const email = 'newcomer@fernandkettle.example';
    await page.goto('/console/staff');
    await page.getByLabel('Email address').fill(email);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByRole('status')).toContainText('/sign-in/link?token=');
    await page.goto('/console/staff');
    const row = page.locator('.rows > li').filter({ hasText: email });
    await row.locator('summary').click();
    await row.getByLabel('Role').selectOption('manager');
    await row.getByRole('button', { name: 'Save' }).click();
    await expect(page.locator('.rows > li').filter({ hasText: email })).toContainText('manager');
    await page.goto('/console/audit');
    await expect(page.getByText('Changed a role').first()).toBeVisible();
    await page.getByLabel('Who').fill('olena@fernandkettle.example');
    await page.getByRole('button', { name: 'Show' }).click();
    await expect(page.getByText('Added someone to the team').first()).toBeVisible();
  });

  test('a note is kept and goodwill given, once, and both stand in the history', async ({ page }) => {
    await page.goto(await hrefOf(page, '/console/search?search=leo@', 'a.row'));
    await page.getByLabel('New note').fill('Asked about green tea.');
    await page.getByRole('button', { name: 'Save note' }).click();
    await expect(page.getByText('Asked about green tea.')).toBeVisible();
    await page.getByLabel('Amount').fill('abc');
    await page.getByLabel('Reason').fill('A late parcel');
    await page.getByRole('button', { name: 'Adjust' }).click();
    await expect(page.getByRole('alert')).toContainText('enter an amount');
    await page.getByLabel('Amount').fill('2.50');
    await page.getByRole('button', { name: 'Adjust' }).click();
    await expect(page.getByRole('heading', { name: 'Give £2.50 to Leo Whitfield?' })).toBeVisible();
    await page.getByRole('button', { name: 'Give £2.50' }).click();
    await expect(page.getByRole('status')).toContainText('£2.50 given to Leo Whitfield.');
    await expect(page.locator('.timeline').getByText('A late parcel')).toBeVisible();
    await expect(page.getByText('Note by staff')).toBeVisible();
    await expect(page.getByText(/^Email: /).first()).toBeVisible();
  });
});

test('a mail of the mailbox is looked at as its reader gets it', async ({ page }) => {
  await page.goto('/mailbox');
  await page.getByRole('link', { name: 'Preview' }).first().click();
  const mail = page.frameLocator('iframe.mail');
  await expect(mail.getByRole('heading', { level: 1 })).not.toBeEmpty();
  await expect(mail.locator('.button')).toHaveAttribute('href', /^http/);
});
