import { expect, test } from 'vitest';
import { type Browser, openBrowser } from './browser.ts';
import { expectRefusal, type House } from './house.ts';
import { deliveredOrder } from './orders.ts';

interface Helps {
  signIn: (house: House, browser: Browser, email: string) => Promise<void>;
  mailTo: (house: House, email: string, subject: RegExp, since?: number) => Promise<Record<string, unknown>>;
}

/** Who has ordered and not joined, and whoever has a link that somebody passed on. */
export function describeGuests(open: () => House, { signIn, mailTo }: Helps): void {
  test('a guest sees one order by its number and a code, which is asked for alike whether there is one', async () => {
    const house = open();
    const order = deliveredOrder('guest-order', 4217);
    await house.api('POST', '/orders', order);
    const { email } = order.customer;
    const typed = { number: order.number, email };
    const browser = openBrowser(house.origin);
    const before = house.mail.accepted.length;
    const asked = await browser.post('/track', typed);
    const mail = await mailTo(house, email, /\d{6}.*order/, before);
    const code = /\d{6}/.exec(String(mail.subject))?.[0] ?? '';
    const wrong = await browser.post(asked.location ?? '', { code: code === '000000' ? '000001' : '000000' });
    expect([wrong.status, wrong.location]).toEqual([422, null]);
    expect((await openBrowser(house.origin).post(asked.location ?? '', { code })).status).toBe(422);
    const opened = await browser.post(asked.location ?? '', { code });
    expect([opened.status, opened.location]).toEqual([303, expect.stringMatching(/^\/track\/[\w.-]{80,}$/)]);
    const page = await browser.get(opened.location ?? '');
    expect([page.status, page.text.includes('A thing'), page.text.includes('42.17')]).toEqual([
      200,
      true,
      true,
    ]);
    expect((await browser.post(asked.location ?? '', { code })).status).toBe(422);
    expect((await browser.get('/account')).location).toContain('/sign-in');
    const shapes = [typed, { ...typed, number: 'none' }, { number: order.number, email: 'no@example.com' }];
    expect(new Set(await Promise.all(shapes.map((one) => shapeOf(house.origin, one))))).toHaveProperty(
      'size',
      1,
    );
  });

  test('the link of an order mail shows whoever has it that order alone, until it is ended', async () => {
    const house = open();
    const { origin, api } = house;
    const email = 'passes-on@example.com';
    await signIn(house, openBrowser(origin), email);
    const before = house.mail.accepted.length;
    const order = { ...deliveredOrder('passes-on', 4217), customer: { email, name: 'Ann Passes' } };
    await api('POST', '/orders', { ...order, status: 'placed', placedAt: new Date().toISOString() });
    const mail = await mailTo(house, email, /order/i, before);
    const path = new URL(/\S+\/track\/\S+/.exec(String(mail.text))?.[0] ?? '', origin).pathname;
    const states = () =>
      house.look('SELECT count(*) FROM order_events UNION ALL SELECT count(*) FROM sessions');
    const was = await states();
    for (const method of ['HEAD', 'GET']) {
      const answer = await fetch(origin + path, { method, redirect: 'manual' });
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []]);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'cache-control': expect.stringContaining('no-store'),
        'referrer-policy': 'no-referrer',
        'x-robots-tag': expect.stringContaining('noindex'),
      });
      const text = await answer.text();
      if (method === 'GET') expect(text).toContain('A thing');
      expect(text).not.toMatch(/passes-on@|Ann Passes|42\.17|21\.00/);
    }
    expect(await states()).toEqual(was);
    for (const other of [`${path}x`, path.replace('.m', '.c'), '/track/none'])
      expect([other, (await fetch(origin + other)).status]).toEqual([other, 404]);
    const links = `/orders/${order.source}/${order.number}/links`;
    const made = await api('POST', links, {}, 'link-once');
    expect([made.status, (await fetch(made.json.url)).status]).toEqual([201, 200]);
    expect((await api('POST', links, {}, 'link-once')).json).toEqual(made.json);
    expect(await house.look("SELECT body FROM idempotency_keys WHERE body LIKE '%/track/%'")).toEqual([]);
    expect((await api('POST', `${links}/end`, {})).status).toBe(201);
    for (const ended of [origin + path, made.json.url]) expect((await fetch(ended)).status).toBe(404);
    expectRefusal(await api('POST', '/orders/till/none/links', {}), 404, 'not_found');
  });
}

/** All that a browser is told when it asks for an order's code. */
async function shapeOf(origin: string, typed: Record<string, string>): Promise<string> {
  const body = new URLSearchParams(typed);
  const init = { method: 'POST', redirect: 'manual', headers: { Origin: origin }, body } as const;
  const response = await fetch(`${origin}/track`, init);
  const headers = [...response.headers].filter(([name]) => name !== 'date').map((pair) => pair.join(': '));
  const told = [response.status, ...headers.sort(), await response.text()].join('\n');
  return told.replace(/[\w-]{16,}/g, '…');
}
