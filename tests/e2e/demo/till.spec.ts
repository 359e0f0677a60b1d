import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { qrSquares } from '../../../functions/ground/platform/qr-squares.ts';
import { browserPath } from '../../support/browser.ts';
import { demoFolder, demoOrigin } from '../../support/demo-settings.ts';
import { axeFindings, colourFindings, largeTextOverflow, overflowOf, smallTargets, watch } from '../judge.ts';
import { askForCode, asVisitor, joinAs, newestMail, regulars, stateOf } from './house.ts';

/** What a camera sees that is held before a card: a film of one picture, as Chromium's own camera plays it. */
function filmOf(text: string): string {
  const [width, height, side] = [640, 480, 12];
  const squares = qrSquares(text);
  const [left, top] = [(width - squares.length * side) >> 1, (height - squares.length * side) >> 1];
  const light = Buffer.alloc(width * height, 235);
  squares.forEach((row, y) => {
    row.forEach((isDark, x) => {
      for (let line = 0; isDark && line < side; line += 1) {
        const start = (top + y * side + line) * width + left + x * side;
        light.fill(16, start, start + side);
      }
    });
  });
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((width * height) / 2, 128)]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\n`);
  const file = join(demoFolder, 'card.y4m');
  writeFileSync(file, Buffer.concat([head, ...Array.from({ length: 10 }, () => frame)]));
  return file;
}

/** A browser with such a camera. */
function withCamera(film: string): Promise<Browser> {
  const executablePath = browserPath();
  const camera = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
  return chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--use-fake-ui-for-media-stream', ...camera],
  });
}

const stranger = { storageState: { cookies: [], origins: [] }, baseURL: demoOrigin };

const press = (page: Page, name: string) =>
  page.getByRole('main').getByRole('button', { name, exact: true }).click();

/** Somebody new who has bought for 50 at the till and has credit since. */
async function makeGuest(page: Page, email: string): Promise<void> {
  await page.goto('/console/till');
  await page.getByRole('searchbox', { name: 'Who is buying?' }).fill(email);
  await press(page, 'Find');
  await page.getByRole('link', { name: `Sell to ${email}, a new customer` }).click();
  await page.getByLabel('What it costs').fill('50');
  await press(page, 'Work it out');
  await press(page, 'Record the sale');
  await expect(page.getByRole('status')).toHaveText('The sale is recorded.');
  regulars('adjust', email, '20.00', '--reason', 'Welcome');
}

async function joinByCode(page: Page, email: string, name: string): Promise<void> {
  await page.goto('/sign-in');
  await askForCode(page, email);
  await page.getByLabel('Six-digit code').fill((await newestMail(page, email, 'is your code')).code);
  await press(page, 'Sign in');
  await joinAs(page, name);
}

test('a sale at the till with a scanned card, credit and a voucher', async ({ browser }) => {
  test.setTimeout(300_000);
  const email = 'counter-guest@post.example';
  const staff = await browser.newPage({ ...asVisitor('owner'), baseURL: demoOrigin });
  await makeGuest(staff, email);
  const guest = await (await browser.newContext(stranger)).newPage();
  await joinByCode(guest, email, 'Greta Counter');
  await guest.goto('/account/rewards/voucher?amount=5');
  await press(guest, 'Create voucher');
  await guest.goto('/account/card');
  const number = await guest.locator('.digits').textContent();

  const tablet = await withCamera(filmOf(`REGULARS:${number}`));
  const page = await tablet.newPage({
    ...{ storageState: stateOf('owner'), baseURL: demoOrigin, viewport: { width: 1024, height: 768 } },
    permissions: ['camera'],
  });
  const seen = watch(page);
  const loaded: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loaded.push(request.method());
  });
  await page.goto('/console/till');
  loaded.length = 0;
  await press(page, 'Scan with the camera');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Greta Counter');
  await page.getByLabel('What it costs').fill('40');
  await page.getByRole('checkbox', { name: /^£5.00/ }).check();
  await page.getByRole('checkbox', { name: /^As much as possible/ }).check();
  const check = page.getByRole('region', { name: 'Before you record it' });
  await expect(check).toContainText('£20.00');
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Record the sale' }).dblclick();
  await expect(page.getByRole('status')).toHaveText('The sale is recorded.');
  await expect(page.locator('.sum .total')).toContainText('£20.00');
  expect(await axeFindings(page)).toEqual([]);
  expect(loaded.filter((method) => method === 'GET')).toEqual(['GET']);
  expect(seen.complaints).toEqual([]);
  await tablet.close();

  const balances: { email: string; spend: number }[] = JSON.parse(regulars('balances', '--json'));
  expect(balances.find((one) => one.email === email)?.spend).toBe(9000);
});

test.describe('without script, in Ukrainian, on a phone', () => {
  test.use({ ...asVisitor('owner'), javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

  test('a sale without a customer is recorded once and claimed by its receipt', async ({ page, browser }) => {
    await page.goto('/uk/console/till');
    await page.getByRole('link', { name: 'Продати без клієнта' }).click();
    await page.getByLabel('Ціна покупки').fill('12,5o');
    await press(page, 'Порахувати');
    await expect(page.getByRole('alert')).toContainText('Ціна:');
    await page.getByLabel('Ціна покупки').fill('12,50');
    await press(page, 'Порахувати');
    await expect(page.getByRole('region', { name: 'Перевірте перед записом' })).toContainText(
      'На чеку буде код',
    );
    const fields = await page
      .locator('form.till input[type=hidden]')
      .evaluateAll((inputs) =>
        inputs.map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']),
      );
    const lost = await page.request.post('/uk/console/till', {
      form: { ...Object.fromEntries(fields), amount: '12,50', do: 'record' },
      headers: { Origin: demoOrigin },
    });
    const number = /T-[0-9A-F]{12}/.exec(await lost.text())?.[0] ?? 'none';
    await press(page, 'Записати продаж');
    await expect(page.getByRole('status')).toHaveText('Продаж записано.');
    await expect(page.getByText(`Номер ${number}`)).toBeVisible();
    await page.getByRole('link', { name: 'Надрукувати чек' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Чек');
    expect(await smallTargets(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);

    const code = (await page.locator('.digits').textContent()) ?? '';
    const guest = await (await browser.newContext(stranger)).newPage();
    await joinByCode(guest, 'receipt-guest@post.example', 'Rita Slip');
    await guest.goto(`/uk/account/orders?code=${code}`);
    await guest.getByRole('button', { name: 'Додати покупку' }).click();
    await expect(guest.getByRole('status').first()).toContainText('Покупка тепер серед ваших замовлень.');
    await guest.goto(`/uk/account/orders?code=${code}`);
    await guest.getByRole('button', { name: 'Додати покупку' }).click();
    await expect(guest.getByRole('alert')).toContainText('Покупки з таким кодом немає');
    expect((await page.reload())?.status()).toBe(404);
  });
});

test.describe('what a till shows on the way', () => {
  test.use(asVisitor('owner'));

  test('fits everywhere, and axe finds nothing', async ({ page }) => {
    await page.goto('/console/till?nobody');
    await page.getByLabel('What it costs').fill('1000');
    await press(page, 'Work it out');
    const number = page.locator('.till');
    await expect(number).toContainText('The receipt will have a code');
    for (const go of [
      async () => undefined,
      () => press(page, 'Record the sale'),
      () => page.getByRole('link', { name: 'Print the receipt' }).click(),
    ]) {
      await go();
      for (const width of [1024, 320]) {
        await page.setViewportSize({ width, height: 768 });
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
        expect(await axeFindings(page)).toEqual([]);
        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
        expect(await colourFindings(page)).toEqual([]);
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      }
      await page.setViewportSize({ width: 390, height: 768 });
      expect(await largeTextOverflow(page)).toBeLessThanOrEqual(0);
    }
  });
});

test.describe('an analyst', () => {
  test.use(asVisitor('analyst'));

  test('has no till', async ({ page }) => {
    await page.goto('/console');
    await expect(page.getByRole('link', { name: 'Till', exact: true })).toHaveCount(0);
    expect((await page.goto('/console/till'))?.status()).toBe(404);
  });
});
