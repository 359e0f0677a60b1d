import { expect, test } from 'vitest';
import { type Browser, openBrowser } from './browser.ts';
import { expectRefusal, type House } from './house.ts';
import { deliveredOrder, euros } from './orders.ts';

/** What goes back: asked for on a page and by many at once, settled once, with the refund and rewards that were told. */
export function describeReturns(
  open: () => House,
  signIn: (house: House, browser: Browser, email: string) => Promise<void>,
): void {
  test('a return is asked for with its pictures, agreed to and settled as was told, once', async () => {
    const house = open();
    const { api, origin } = house;
    await house.regulars('settings', 'set', 'returns', JSON.stringify({ days: 30, creditBonus: '10' }));
    const order = deliveredOrder('returns', 3000);
    order.lines = [{ ...order.lines[0], id: '1', product: 'Kettle', total: euros(3000) }];
    await api('POST', '/orders', { ...order, lines: [{ ...order.lines[0], quantity: 3 }] });
    const { source, number } = order;
    const returnable = await api('GET', `/orders/${source}/${number}/returnable`);
    expect(returnable.json.lines).toMatchObject([{ line: '1', left: 3, reason: null }]);
    const told = await api('POST', '/returns/preview', wanting(order, 'credit'));
    expect(told.json).toMatchObject({
      worth: euros(1000),
      credit: euros(1100),
      available: { before: euros(1500) },
    });
    const browser = openBrowser(origin);
    await signIn(house, browser, order.customer.email);
    const page = `/account/orders/${source}/${number}/return`;
    const form = (step: string, file: boolean) => {
      const fields = new FormData();
      const said = {
        'count-0': '1',
        'why-0': 'damaged',
        outcome: 'credit',
        note: 'A crack',
        key: 'k1',
        do: step,
      };
      for (const [name, value] of Object.entries(said)) fields.set(name, value);
      if (file) fields.set('files', new Blob([png], { type: 'image/png' }), 'crack.png');
      return fields;
    };
    const checked = await browser.post(page, form('check', false));
    expect(checked.text).toContain('11.00');
    // Some engines of the tests keep no files.
    const takesFiles = checked.text.includes('name="files"');
    const [sent, again] = await Promise.all([1, 2].map(() => browser.post(page, form('send', takesFiles))));
    expect([sent?.status, again?.location]).toEqual([303, sent?.location]);
    const shown = await browser.get(sent?.location ?? '');
    const [picture] = /\/attachments\/[0-9a-f]{32}/.exec(shown.text) ?? [];
    expect(picture !== undefined).toBe(takesFiles);
    if (picture !== undefined) {
      expect((await browser.get(picture)).status).toBe(200);
      expect((await fetch(origin + picture)).status).toBe(404);
    }
    const reference = /returns\/([0-9A-Z-]+)/.exec(sent?.location ?? '')?.[1] ?? '';
    expect((await openBrowser(origin).get(`/account/returns/${reference}`)).location).toContain('/sign-in');
    const act = (name: string, body: object) => api('POST', `/returns/${reference}/${name}`, body);
    const agreed = [await act('approval', { note: null }), await act('approval', { note: null })];
    expect(agreed.map(({ status, json }) => [status, json.state])).toEqual([
      [201, 'approved'],
      [200, 'approved'],
    ]);
    const twice = { line: '1', quantity: 0 };
    const wrong = await act('settlement', { outcome: 'credit', note: null, lines: [twice, twice] });
    expectRefusal(wrong, 422, 'validation_failed');
    const settling = { outcome: 'credit', note: null };
    const settled = await Promise.all([1, 2, 3].map(() => act('settlement', settling)));
    expect(settled.map(({ json }) => [json.state, json.credit])).toEqual(
      [1, 2, 3].map(() => ['settled', euros(1100)]),
    );
    const balance = await api('GET', `/customers/${await idOf(house, order.customer.email)}/balance`);
    expect(balance.json.available).toEqual(told.json.available.after);
    expectRefusal(await act('refusal', { note: 'No' }), 409, 'return_not_movable');
  });

  test('ten ask for the last two pieces at once: two do', async () => {
    const { api } = open();
    const order = deliveredOrder('returns-race', 2000);
    await api('POST', '/orders', { ...order, lines: [{ ...order.lines[0], quantity: 2 }] });
    const asks = await Promise.all(
      Array.from({ length: 10 }, () => api('POST', '/returns', { ...wanting(order, 'refund'), note: null })),
    );
    expect(asks.filter(({ status }) => status === 201)).toHaveLength(2);
    for (const ask of asks) if (ask.status !== 201) expectRefusal(ask, 422, 'validation_failed');
  });
}

function wanting({ source, number }: { source: string; number: string }, outcome: string) {
  return { order: { source, number }, lines: [{ line: '1', quantity: 1, reason: 'damaged' }], outcome };
}

async function idOf({ api }: House, email: string): Promise<string> {
  return (await api('GET', `/customers?email=${email}`)).json.items[0].id;
}

const png = new Uint8Array([
  ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52],
  ...[0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89],
]);
