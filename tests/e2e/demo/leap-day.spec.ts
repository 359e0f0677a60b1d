import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { regulars } from '../../support/cli.ts';
import { type FakeResend, openFakeResend } from '../../support/fake-resend.ts';
import { repository } from '../../support/process.ts';
import { portalSettings, startServer } from '../../support/server.ts';
import { noSqld, startSqld } from '../../support/sqld.ts';

const ann = 'ann@example.com';

/** A portal whose clock is set, that sends mail: opened again, it is the same portal on another day. */
type Shop = Awaited<ReturnType<typeof openShop>>;

/** How the customer reads the portal, and what she is told. */
const readings = {
  uk: {
    at: '/uk',
    name: 'Анна',
    amount: '7,50',
    born: '29 лютого',
    wish: 'вітає вас із днем народження',
  },
  en: { at: '', name: 'Anna', amount: '7.50', born: '29 February', wish: 'wishes you a happy birthday' },
} as const;
type Reading = (typeof readings)[keyof typeof readings];

for (const [language, engine] of [
  ['uk', 'a file'],
  ['en', 'a server'],
] as const) {
  test(`on ${engine}, in ${language}, who was born on 29 February is wished well on 1 March, once, with a voucher`, async ({
    browser,
  }) => {
    test.skip(engine === 'a server' && noSqld !== null, noSqld ?? '');
    test.setTimeout(420_000);
    await walkLeapDay(browser, { reading: readings[language], isOnServer: engine === 'a server' });
  });
}

async function walkLeapDay(
  browser: Browser,
  { reading, isOnServer }: { reading: Reading; isOnServer: boolean },
): Promise<void> {
  const sqld = isOnServer ? await startSqld() : null;
  const shop = await openShop(sqld?.url ?? null);
  try {
    const [staff, customer] = [await browser.newContext(), await browser.newContext()];
    await shop.on('2027-02-28T20:00:00Z', async (origin) => {
      await setUp(shop, staff, origin);
      await tellBirthday(shop, customer, { origin, reading });
    });
    await shop.on('2027-03-01T09:00:00Z', async (origin) => {
      await shop.run('2027-03-01T09:00:00Z', 'jobs', 'run');
      await expect.poll(() => wishesOf(shop.fake, reading).length, { timeout: 100_000 }).toBe(1);
      const page = await customer.newPage();
      await page.goto(`${origin}${reading.at}/account/rewards`);
      await expect(page.locator('main')).toContainText(reading.amount);
      await page.goto(`${origin}${reading.at}/account/messages`);
      await expect(page.locator('main')).toContainText(reading.wish);
    });
    await shop.on('2027-03-02T09:00:00Z', async () => {
      const said = await shop.run('2027-03-02T09:00:00Z', 'jobs', 'run');
      expect(said).toContain('occasions');
      expect(wishesOf(shop.fake, reading).length).toBe(1);
    });
    await shop.run('2027-03-02T09:00:00Z', 'verify');
  } finally {
    shop.close();
    await sqld?.stop();
  }
}

async function openShop(serverUrl: string | null) {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-leap-day-'));
  const { fake, close } = await openFakeResend();
  const settings = portalSettings(serverUrl ?? `file:${join(folder, 'regulars.db')}`, fake.baseUrl);
  const at = (moment: string) => ({
    ...settings,
    ...{ CLOCK_AT: moment, NODE_OPTIONS: `--import=${repository}tests/support/shifted-clock.ts` },
  });
  const run = (moment: string, ...words: string[]) => regulars(at(moment), ...words);
  await run('2027-02-28T19:00:00Z', 'migrate');
  for (const [key, value] of [
    ['currency', 'EUR'],
    ['timeZone', 'Europe/Kyiv'],
    ['staffFactor', 'optional'],
    ['registration', 'open'],
  ] as const)
    await run('2027-02-28T19:00:00Z', 'settings', 'set', key, value);
  return {
    ...{ fake, run },
    /** The portal from a moment on, for as long as the work takes. */
    on: async (moment: string, work: (origin: string) => Promise<void>) => {
      const portal = await startServer(at(moment));
      try {
        await work(portal.origin);
      } finally {
        await portal.running.end('SIGTERM');
      }
    },
    close: () => {
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An owner sees what it would do, and switches birthdays on with a voucher. */
async function setUp(shop: Shop, context: BrowserContext, origin: string): Promise<void> {
  const said = await shop.run('2027-02-28T20:00:00Z', 'staff', 'add', 'olena@tea.example', '--role', 'owner');
  const link = new URL(said.trim());
  const page = await context.newPage();
  await page.goto(`${origin}${link.pathname}${link.search}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/console/);
  await page.goto(`${origin}/console/plans/occasions`);
  await page.getByText('Set up: Birthday').click();
  const form = page.locator('form', { has: page.locator('input[value="birthday"]') });
  await form.getByLabel('Send best wishes').check();
  await form.getByLabel('Gift', { exact: true }).selectOption('voucher');
  await form.getByLabel('How much').fill('7.50');
  await form.getByLabel('Voucher valid for, in months').fill('3');
  await form.getByRole('button', { name: /^Show what it would do/ }).click();
  await expect(page.locator('.notice')).toContainText('Not saved yet.');
  await form.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByRole('status')).toHaveText('Saved.');
}

/** Ann joins and tells her birthday. */
async function tellBirthday(
  { fake }: Shop,
  context: BrowserContext,
  { origin, reading }: { origin: string; reading: Reading },
): Promise<void> {
  const page: Page = await context.newPage();
  await page.goto(`${origin}${reading.at}/sign-in`);
  await page.locator('input[name="email"]').fill(ann);
  await page.locator('main form button').first().click();
  const codeOf = () => {
    const sent = fake.accepted.findLast(({ body }) => body.to === ann);
    return /\d{6}/.exec(String(sent?.body.subject))?.[0] ?? '';
  };
  await expect.poll(codeOf, { timeout: 30_000 }).not.toBe('');
  await page.locator('input[name="code"]').fill(codeOf());
  await page.locator('main form button').first().click();
  await page.locator('input[name="name"]').fill(reading.name);
  await page.locator('main form button').first().click();
  await expect(page).toHaveURL(`${origin}${reading.at}/account`);
  await page.goto(`${origin}${reading.at}/account/settings/days`);
  await page.locator('a[href*="about=birthday"]').click();
  await page.locator('#day').selectOption('29');
  await page.locator('#month').selectOption('02');
  await page.locator('main form button').first().click();
  await page.goto(`${origin}${reading.at}/account/settings/days`);
  await expect(page.locator('main')).toContainText(reading.born);
}

const wishesOf = ({ accepted }: FakeResend, { wish }: Reading) =>
  accepted.filter(({ body }) => body.to === ann && String(body.subject).includes(wish));
