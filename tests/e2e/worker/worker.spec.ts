import { existsSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { regulars } from '../../support/cli.ts';
import { type FakeResend, openFakeResend } from '../../support/fake-resend.ts';
import { repository } from '../../support/process.ts';
import { setProgrammeFile } from '../../support/programmes.ts';
import { type Portal, portalSettings } from '../../support/server.ts';
import { noSqld, type Sqld, startSqld } from '../../support/sqld.ts';
import { startWorker } from '../../support/workerd.ts';
import { setUpFactor } from '../journey/staff.ts';
import { wordsOf } from '../journey/words.ts';
import { axeFindings, overflowOf } from '../judge.ts';

test.skip(noSqld !== null, noSqld ?? '');
test.skip(
  !existsSync(`${repository}dist/cloudflare/server/wrangler.json`),
  'skipped: the Worker is not built',
);
test.describe.configure({ mode: 'serial' });

const email = 'ann@example.com';
let sqld: Sqld;
let mail: { fake: FakeResend; close: () => void };
let portal: Portal;
let settings: Record<string, string>;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  [sqld, mail] = [await startSqld(), await openFakeResend()];
  settings = portalSettings(sqld.url, mail.fake.baseUrl);
  await regulars(settings, 'migrate');
  await setProgrammeFile(settings, test.info().outputPath(), programme);
  portal = await startWorker(settings);
  settings = { ...settings, PUBLIC_URL: portal.origin };
});

test.afterAll(async () => {
  await portal?.running.end('SIGTERM');
  mail?.close();
  await sqld?.stop();
});

test('an order comes in, its customer signs in and sees what it earned', async ({ page, request }) => {
  const key = (await regulars(settings, 'keys', 'add', 'shop', '--scope', 'orders:write')).trim();
  const answer = await request.post(`${portal.origin}/api/v1/orders`, {
    headers: { Authorization: `Bearer ${key}`, 'Idempotency-Key': 'one' },
    data: order,
  });
  expect(answer.status()).toBe(201);
  await page.goto(`${portal.origin}/account`);
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await page.getByLabel('Six-digit code').fill(await sentCode());
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Your name')).toHaveValue('Ann');
  await page.getByRole('button', { name: 'Agree and join' }).click();
  await expect(page).toHaveURL(`${portal.origin}/account`);
  await expect(page.locator('.figure')).toHaveText('€10.00');
  await page.getByRole('link', { name: /W-1/ }).click();
  await expect(page.getByText('2 × €100.00 reached, €5.00 each')).toBeVisible();
  for (const path of [
    '/account',
    '/account/orders',
    '/account/rewards',
    '/uk/how-it-works',
    '/',
    '/privacy',
  ]) {
    const response = await page.goto(`${portal.origin}${path}`);
    expect(response?.status(), path).toBe(200);
    expect(await axeFindings(page), path).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await overflowOf(page), path).toBeLessThanOrEqual(0);
  }
  expect((await page.goto(`${portal.origin}/account/orders/web/W-2`))?.status()).toBe(404);
});

test('staff find the customer in the console', async ({ page }) => {
  await page.goto(
    (await regulars(settings, 'staff', 'add', 'olena@example.com', '--role', 'analyst')).trim(),
  );
  await page.getByRole('button', { name: 'Sign in' }).click();
  await setUpFactor(page, wordsOf('en'));
  await page.getByRole('link', { name: 'I have saved them' }).click();
  await page.getByRole('searchbox', { name: 'Find a customer, an order or a code' }).fill('W-1');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.locator('a.row').first().click();
  await expect(page.getByText('Order W-1 recorded')).toBeVisible();
});

test('search engines are told the addresses of PUBLIC_URL, and the mailbox is not there', async ({
  request,
}) => {
  const sitemap = await request.get(`${portal.origin}/sitemap.xml`);
  expect(await sitemap.text()).toContain(`<loc>${portal.origin}/uk</loc>`);
  expect((await request.get(`${portal.origin}/mailbox`)).status()).toBe(404);
});

async function sentCode(): Promise<string> {
  let code = '';
  await expect(() => {
    const texts = mail.fake.accepted.map(({ body }) => String(body.subject));
    code = texts.map((text) => /\d{6}/.exec(text)?.[0]).findLast((found) => found !== undefined) ?? '';
    expect(code).not.toBe('');
  }).toPass({ timeout: 15_000 });
  return code;
}

const programme = {
  currency: 'EUR',
  timeZone: 'Europe/London',
  debt: 'carry',
  rules: [
    {
      id: 'money-back',
      name: '5 back for every 100',
      scheme: 'every',
      spend: '100.00',
      back: '5.00',
      period: 'lifetime',
      from: '2025-01-01',
    },
  ],
};

const order = {
  source: 'web',
  number: 'W-1',
  placedAt: '2026-02-01T10:00:00Z',
  currency: 'EUR',
  status: 'delivered',
  customer: { email, name: 'Ann' },
  lines: [{ id: '1', product: 'Coffee', total: { amount: 24000, currency: 'EUR' } }],
};
