import { expect, test } from 'vitest';
import { type Browser, openBrowser } from './browser.ts';
import { expectRefusal, type House } from './house.ts';
import { deliveredOrder, euros } from './orders.ts';
import { flawsOf, toldErrors, typedInto } from './told-errors.ts';

/** Who ordered: by a key, or nobody until somebody says whose it is. */
export function describeSales(
  open: () => House,
  signIn: (house: House, browser: Browser, email: string) => Promise<void>,
): void {
  test('keeps a sale of nobody, and makes it the order of whom it is given to, once', async () => {
    const { api } = open();
    const { customer, ...sale } = { ...deliveredOrder('nobody', 4000), status: 'placed' };
    const path = `/orders/${sale.source}/${sale.number}`;
    const created = await api('POST', '/orders', sale);
    expect([created.status, created.json.customerId]).toEqual([201, null]);
    expect(created.json.receiptCode).toMatch(/^[0-9A-Z-]{14}$/);
    expect((await api('POST', '/orders', sale)).status).toBe(200);
    const delivered = { id: 'e1', source: 'dhl', status: 'delivered', at: sale.placedAt };
    expect((await api('POST', `${path}/events`, delivered)).status).toBe(201);
    expect((await api('POST', `${path}/events`, delivered)).status).toBe(200);
    expect((await api('GET', path)).json.rewards.earned).toEqual(euros(0));
    const people = Array.from({ length: 8 }, (_, index) => `taker-${index}@example.com`);
    const given = await Promise.all(
      people.map((email) => api('POST', `${path}/customer`, { customer: { email } })),
    );
    const won = given.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    for (const answer of given.filter((one) => one !== won[0]))
      expectRefusal(answer, 409, 'order_of_another_account');
    const { json } = await api('GET', path);
    expect([json.id, json.receiptCode, json.rewards.earned]).toEqual([created.json.id, null, euros(2000)]);
  });

  test('knows a customer by a key, and by the email that is told with it later', async () => {
    const { api } = open();
    const order = (suffix: string, customer: object) => ({
      ...deliveredOrder('keyed', 1000, suffix),
      customer,
    });
    const first = await api('POST', '/orders', order('-1', { key: 'K-1' }));
    expect(first.json.customer).toEqual({ email: null, key: 'K-1', name: null });
    const both = await api('POST', '/orders', order('-2', { key: 'K-1', email: 'keyed@example.com' }));
    expect(both.json.customerId).toBe(first.json.customerId);
    const named = await api('POST', '/orders', order('-3', { email: 'keyed@example.com' }));
    expect(named.json.customerId).toBe(first.json.customerId);
  });

  test('is claimed on the page of orders by the code on its receipt, by one customer and once', async () => {
    const house = open();
    const sell = async (name: string, more: object = {}) => {
      const { customer, ...sale } = deliveredOrder(name, 4000);
      const [line] = sale.lines;
      const lines = [{ ...line, product: `Kettle of ${name}` }];
      return (await house.api('POST', '/orders', { ...sale, ...more, lines })).json.receiptCode;
    };
    const [code, others] = [await sell('claimed'), await sell('for-a-company', { account: 'Claimed Ltd' })];
    const [ann, bob] = [openBrowser(house.origin), openBrowser(house.origin)];
    await signIn(house, ann, 'claiming@example.com');
    await signIn(house, bob, 'late@example.com');
    const wrong = async (browser: Browser, typed: string) => {
      const { status, text } = await browser.post('/account/orders', { code: typed });
      expect([typed, status, toldErrors(text)?.map(({ field }) => field)]).toEqual([typed, 422, ['code']]);
      expect([typed, flawsOf(text), typedInto(text, 'code')]).toEqual([typed, [], typed]);
    };
    for (const typed of ['', 'ABCD-EFGH-2345', 'x'.repeat(60), others]) await wrong(ann, typed);
    const written = code.toLowerCase().replaceAll('-', ' ');
    const claimed = await ann.post('/account/orders', { code: written });
    expect([claimed.status, claimed.location]).toEqual([303, '/account/orders?claimed']);
    const { text } = await ann.get('/account/orders?claimed');
    expect(text).toContain('The purchase is now among your orders.');
    expect(text).toContain('Kettle of claimed');
    await wrong(ann, code);
    await wrong(bob, code);
    expect((await bob.get('/account/orders')).text).not.toContain('Kettle of claimed');
    expect((await openBrowser(house.origin).post('/account/orders', { code: others })).location).toMatch(
      /^\/sign-in\?/,
    );
  });
}
