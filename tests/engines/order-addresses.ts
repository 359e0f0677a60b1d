import { expect, test } from 'vitest';
import { type Browser, openBrowser } from './browser.ts';
import type { House } from './house.ts';
import { deliveredOrder } from './orders.ts';

/** Numbers as tills, shops and people write them. */
const numbers = [
  '#1001',
  'A/17',
  'A//17',
  'why?',
  'R&D',
  '1+1',
  '100%',
  '100%25',
  '%2F',
  'two words',
  'Замовлення № 7',
  '日本-1',
  'a=b;c:d@e,f!',
  '"quoted" <b>',
  '1001.html',
  'index',
];

/** The page of an order, whatever its number is, from every link to it. */
export function describeOrderAddresses(
  open: () => House,
  signIn: (house: House, browser: Browser, email: string) => Promise<void>,
): void {
  test('shows an order with any number, by the links to it and by the API', async () => {
    const house = open();
    const browser = openBrowser(house.origin);
    const email = 'any-number@example.com';
    const base = deliveredOrder('any-number', 1000);
    for (const [index, number] of numbers.entries()) {
      const order = { ...base, source: 'shop & co', number, customer: { email } };
      order.lines = [
        { ...base.lines[0], id: '1', product: `Thing ${index}`, total: { amount: 1000, currency: 'EUR' } },
      ];
      expect((await house.api('POST', '/orders', order)).status).toBe(201);
      const path = `/orders/${encodeURIComponent('shop & co')}/${encodeURIComponent(number)}`;
      expect([number, (await house.api('GET', path)).json.number]).toEqual([number, number]);
    }
    await signIn(house, browser, email);
    for (const language of ['', '/uk']) {
      const links = await listLinks(browser, `${language}/account/orders`);
      expect(links).toHaveLength(numbers.length);
      const toSignIn = await Promise.all(links.map((link) => openBrowser(house.origin).get(link)));
      expect(
        toSignIn.map(({ location }) => new URL(location ?? '', house.origin).searchParams.get('next')),
      ).toEqual(links);
      const found = await Promise.all(links.map((link) => showsThing(browser, link)));
      expect(found.toSorted((a, b) => a - b)).toEqual(numbers.map((_, index) => index));
    }
    for (const number of ['%', '%ff', '%zz', 'none']) {
      expect([number, (await browser.get(`/account/orders/shop/${number}`)).status]).toEqual([number, 404]);
    }
  });
}

async function listLinks(browser: Browser, path: string): Promise<string[]> {
  const links = new Set<string>();
  for (let page = 1; page < 5; page++) {
    const { text } = await browser.get(`${path}?page=${page}`);
    for (const [, link = ''] of text.matchAll(/href="([^"]*\/account\/orders\/[^"/]+\/[^"]+)"/g)) {
      links.add(link.replaceAll('&amp;', '&').replaceAll('&#38;', '&'));
    }
  }
  return [...links];
}

async function showsThing(browser: Browser, link: string): Promise<number> {
  const { status, text } = await browser.get(link);
  expect([link, status]).toEqual([link, 200]);
  return Number(/Thing (\d+)/.exec(text)?.[1]);
}
