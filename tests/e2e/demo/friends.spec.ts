import { expect, type Page, test } from '@playwright/test';
import { axeFindings, overflowOf, watch } from '../judge.ts';
import { asVisitor, newestMail } from './house.ts';

test.use({ javaScriptEnabled: false });

const codeOf = async (page: Page) => (await page.locator('code.big').textContent()) ?? '';

test.describe('as anna', () => {
  test.use(asVisitor('anna'));

  test('one passes on a code, a link and a QR code, and sees how it stands without what friends buy', async ({
    page,
  }) => {
    const seen = watch(page);
    await page.goto('/account/friends');
    expect(await codeOf(page)).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
    for (const [name, start] of [
      ['Email', 'mailto:?subject='],
      ['WhatsApp', 'https://wa.me/?text='],
      ['Telegram', 'https://t.me/share/url?url='],
    ] as const) {
      const href = await page.getByRole('link', { name, exact: true }).getAttribute('href');
      expect(href).toContain(start);
      expect(decodeURIComponent(href ?? '')).toContain('/r/');
    }
    const yours = page.getByRole('region', { name: 'Your recommendations' });
    for (const state of ['Joined', 'Gave the code', 'Has ordered', 'Being checked', 'Order returned', 'Paid'])
      await expect(yours.getByText(state, { exact: true }).first()).toBeVisible();
    await expect(yours).toContainText('Nadia, since');
    await expect(yours).toContainText('look like the same person');
    for (const secret of ['Holub', 'Samuel', 'FK-9', 'espresso', '£26'])
      await expect(yours).not.toContainText(secret);
    expect(seen.others).toEqual([]);
  });

  test('the own link says so', async ({ page }) => {
    await page.goto('/account/friends');
    const code = await codeOf(page);
    await page.goto(`/r/${code}`);
    await expect(page.getByText('This is your own link')).toBeVisible();
  });
});

test.describe('as leo', () => {
  test.use(asVisitor('leo'));

  test('who was recommended sees what waits for them and chooses to be named', async ({ page }) => {
    await page.goto('/account/friends');
    await expect(page.getByText('Anna recommended us to you.')).toBeVisible();
    await page.getByRole('button', { name: 'Show them my first name' }).click();
    await expect(page.getByText('They see your first name')).toBeVisible();
    await page.getByRole('button', { name: 'Hide my name' }).click();
    await expect(page.getByText('not who, and never what you buy')).toBeVisible();
  });
});

test.describe('as viktor', () => {
  test.use(asVisitor('viktor'));

  test('a declined recommendation tells why and is appealed once', async ({ page }) => {
    await page.goto('/account/friends');
    await expect(page.getByText('Both addresses are yours')).toBeVisible();
    await page.locator('summary', { hasText: 'Explain' }).click();
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.getByRole('alert')).toContainText('Write a sentence or two');
    await page.getByRole('textbox', { name: 'Explain' }).fill('It is my brother.');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.getByRole('status')).toContainText('Thank you. One of us');
    await expect(page.locator('summary', { hasText: 'Explain' })).toHaveCount(0);
  });
});

test.describe('a stranger', () => {
  test('follows a link, reads what it promises, and joins by it', async ({ page, browser }) => {
    const anna = await browser.newPage(asVisitor('anna'));
    await anna.goto('/account/friends');
    const code = await codeOf(anna);
    for (const [path, said] of [
      [`/r/${code}`, '£5.00 for you at Fern & Kettle'],
      [`/uk/r/${code.toLowerCase()}`, 'дарує вам'],
    ] as const) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toContainText(said);
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      }
      await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex');
    }
    await page.goto(`/r/${code}`);
    await page.getByRole('link', { name: 'Join with this code' }).click();
    const email = `new-${Date.now()}@post.example`;
    await page.getByLabel('Email address').fill(email);
    await page.locator('main form button').first().click();
    await expect(page).toHaveURL(/\/sign-in\/code\?id=/);
    await page.getByLabel('Six-digit code').fill((await newestMail(page, email)).code);
    await page.locator('main form button').first().click();
    await expect(page).toHaveURL(/\/join\/name/);
    await page.getByLabel(/name/i).first().fill('Robin');
    const agree = page.locator('input[name=terms][type=checkbox]');
    if ((await agree.count()) > 0) await agree.check();
    await page.locator('main form button').first().click();
    await page.goto('/account/friends');
    await expect(page.getByText('Anna recommended us to you.')).toBeVisible();
    await anna.close();
  });

  test('is told of a code that nobody has', async ({ page }) => {
    const answer = await page.goto('/r/ZZZZ-ZZZZ');
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('We do not know this code');
    await expect(page.getByRole('link', { name: 'Join', exact: true }).last()).toBeVisible();
  });
});

test.describe('with script', () => {
  test.use({ javaScriptEnabled: true });
  test('axe finds nothing on a gift', async ({ page, browser }) => {
    const anna = await browser.newPage(asVisitor('anna'));
    await anna.goto('/account/friends');
    const code = await codeOf(anna);
    for (const path of [`/r/${code}`, `/uk/r/${code}`, '/r/ZZZZ-ZZZZ']) {
      await page.goto(path);
      expect(await axeFindings(page)).toEqual([]);
    }
    await anna.close();
  });
});

test.describe('as owner', () => {
  test.use(asVisitor('owner'));

  test('what is held is read side by side, released, and taken back', async ({ page }) => {
    await page.goto('/console/referrals');
    await page.getByRole('link', { name: /Anna Kovalenko recommended A\. Kovalenko/ }).click();
    await expect(page.getByRole('table')).toContainText('anna+tea@post.example');
    await expect(page.getByText('Same person: names or addresses match').first()).toBeVisible();
    await expect(page.getByText('That is my mother.')).toBeVisible();
    await page.getByRole('button', { name: 'Decline' }).click();
    await expect(page.getByRole('alert')).toContainText('Enter a reason');
    await page.getByRole('button', { name: 'Release' }).click();
    await expect(page.getByRole('status')).toContainText('Saved.');
    await expect(page.locator('.state').first()).toHaveText('Paid');
    await page.getByRole('button', { name: 'Undo the decision' }).click();
    await expect(page.locator('.state').first()).toHaveText('Being checked');
  });
});

test.describe('as analyst', () => {
  test.use(asVisitor('analyst'));
  test('one reads and does not decide', async ({ page }) => {
    await page.goto('/console/referrals?state=all');
    await page.locator('a.row').first().click();
    await expect(page.getByRole('table')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Decline' })).toHaveCount(0);
  });
});
