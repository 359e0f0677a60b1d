import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { demoOrigin } from '../../support/demo-settings.ts';
import { axeFindings, overflowOf, watch } from '../judge.ts';
import { hrefOf, newestMail, regulars } from './house.ts';

const phone = { width: 390, height: 844 };

test('a guest finds an order by its number and a code, and passes its page on', async ({ page, browser }) => {
  const key = regulars('keys', 'add', 'guests', '--scope', 'orders:write');
  const number = `FK-G${randomUUID().slice(0, 6).toUpperCase()}`;
  const email = `guest-${number.toLowerCase()}@post.example`;
  const tell = (path: string, body: object) =>
    fetch(`${demoOrigin}/api/v1/orders${path}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${key}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
      },
      body: JSON.stringify(body),
    });
  const placedAt = new Date(Date.now() - 3_600_000).toISOString();
  const total = { amount: 2350, currency: 'GBP' };
  const lines = [{ id: '1', product: 'Sencha', quantity: 2, total }];
  const customer = { email, name: 'Gwen Guest' };
  const order = { source: 'shop', number, placedAt, currency: 'GBP', customer, lines };
  expect((await tell('', order)).status).toBe(201);
  const event = { id: 'e1', source: 'dhl', status: 'shipped', at: new Date().toISOString(), carrier: 'DHL' };
  expect((await tell(`/shop/${number}/events`, { ...event, note: 'For Gwen Guest' })).status).toBe(201);

  await page.setViewportSize(phone);
  await page.goto('/sign-in');
  await page.getByRole('main').getByRole('link', { name: 'Track an order' }).click();
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(page.getByRole('alert')).toContainText('Enter the number of your order');
  await page.getByLabel('Order number').fill(number.toLowerCase());
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(page).toHaveURL(/\/track\/code\?id=/);
  const { code } = await newestMail(page, email);
  await page.getByLabel('Six-digit code').fill(code);
  await page.getByRole('button', { name: 'Show the order' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Order ${number}`);
  await expect(page.getByText('£23.50').first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open it in my account' })).toHaveAttribute(
    'href',
    `/account/orders/shop/${number}`,
  );
  expect(await axeFindings(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  expect(await hrefOf(page, '/account', 'a[href*="/track"]')).toBe('/track');

  const links = await tell(`/shop/${number}/links`, {});
  const { url } = await links.json();
  const stranger = await (await browser.newContext({ locale: 'uk' })).newPage();
  const seen = watch(stranger);
  const response = await stranger.goto(url.replace('/track/', '/uk/track/'));
  expect(response?.headers()['referrer-policy']).toBe('no-referrer');
  await expect(stranger.getByText('Sencha')).toBeVisible();
  const shown = await stranger.content();
  for (const secret of ['Gwen', email, '23,50', '23.50']) expect(shown).not.toContain(secret);
  expect(await axeFindings(stranger)).toEqual([]);
  expect(seen.others).toEqual([]);
  expect((await tell(`/shop/${number}/links/end`, {})).status).toBe(201);
  await stranger.reload();
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('Це посилання не показує замовлення');
  await stranger.context().close();
});
