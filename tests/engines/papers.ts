import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { type Browser, openBrowser } from './browser.ts';
import { expectRefusal, type House, send } from './house.ts';
import { deliveredOrder } from './orders.ts';
import { openOwner } from './owner.ts';

const AT_ONCE = 50;

/** Invoices: numbers under load, what each reader sees of one, and who sees none. */
export function describePapers(
  open: () => House,
  signIn: (house: House, browser: Browser, email: string) => Promise<void>,
): void {
  test(`${AT_ONCE} invoices at once have the numbers from 1 to ${AT_ONCE}, and a refund its credit note`, async () => {
    const house = open();
    const { api } = house;
    const orders = Array.from({ length: AT_ONCE }, (_, at) => ({
      ...deliveredOrder(`invoice-${at}`, 1000 + at),
      customer: { email: `invoice-${at % 10}@example.com`, name: `Ґанна ${at % 10}` },
    }));
    await Promise.all(orders.map((order) => api('POST', '/orders', order)));
    const pathOf = ({ source, number }: { source: string; number: string }) => `/orders/${source}/${number}`;
    const [first] = orders;
    if (first === undefined) throw new Error('there are orders');
    expectRefusal(await api('POST', `${pathOf(first)}/invoice`, {}), 409, 'invoices_off');
    await house.regulars('settings', 'set', 'invoiceName', 'Чай і Ґедзь ТОВ');
    await house.regulars('settings', 'set', 'invoiceAddress', 'вул. Їжакевича 5, Київ');
    const issue = async (order: (typeof orders)[number], name = `invoice ${order.number}`) => {
      for (;;) {
        const answer = await api('POST', `${pathOf(order)}/invoice`, {}, name);
        if (answer.status !== 503) return answer;
      }
    };
    const twins = orders.slice(0, 5).map((order) => issue(order, `twin ${order.number}`));
    const answers = await Promise.all([...orders.map((order) => issue(order)), ...twins]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const numbers = [...new Set(answers.map(({ json }) => String(json.number)))].toSorted();
    const year = answers[0]?.json.issuedOn.slice(0, 4);
    expect(numbers).toEqual(orders.map((_, at) => `INV-${year}-${String(at + 1).padStart(5, '0')}`));

    const before = await issue(first, 'papers-once');
    const again = await issue(first, 'papers-once');
    expect([again.text, again.headers.get('Idempotency-Replayed')]).toEqual([before.text, 'true']);
    await house.runJobs();
    await api('POST', `${pathOf(first)}/refunds`, {
      ...{ id: 'r1', at: new Date().toISOString() },
      lines: [{ line: '1', amount: { amount: 400, currency: 'EUR' } }],
    });
    await house.runJobs();
    const { json: listed } = await api('GET', `/papers?search=${first.number}`);
    expect(listed.items.map((one: { total: { amount: number } }) => one.total.amount)).toEqual([-400, 1000]);
    const key = await house.newKey('orders:read', 'customers:read');
    const { json: note } = await send(house.origin, {
      method: 'GET',
      path: `/papers/${listed.items[0].id}`,
      key,
    });
    expect(note).toMatchObject({
      reason: 'refund',
      corrects: { number: before.json.number },
      buyer: { name: 'Ґанна 0' },
    });

    const browser = openBrowser(house.origin);
    await signIn(house, browser, 'invoice-0@example.com');
    const page = `/account/papers/${before.json.id}`;
    expect((await browser.get('/account/papers')).text).toContain(before.json.number);
    expect((await browser.get(page)).text).toContain('вул. Їжакевича 5, Київ');
    const file = await browser.get(`${page}/file?format=csv`);
    const rows: string[][] = parse(file.text, { bom: true });
    expect(rows.at(-1)).toEqual([before.json.number, before.json.issuedOn, 'Total', '', '', '10.00', 'EUR']);
    const eve = openBrowser(house.origin);
    await signIn(house, eve, 'invoice-1@example.com');
    for (const path of [page, `${page}/file?format=csv`, '/account/papers/none'])
      expect([path, (await eve.get(path)).status]).toEqual([path, 404]);
    const { location } = await eve.post('/account/papers', { source: first.source, number: first.number });
    expect(location).toBeNull();

    const owner = await openOwner(house);
    const desk = `/uk/console/papers/${note.id}`;
    expect((await owner.get(desk)).text).toContain(note.number);
    const accepted = house.mail.accepted.length;
    const form = { key: '0198f3c2a4b87c1e9d5f6a7b8c9d0e1f' };
    for (const _ of [1, 2]) expect((await owner.post(desk, form)).location).toContain('done=sent');
    await house.runJobs();
    const told = house.mail.accepted
      .slice(accepted)
      .filter(({ body }) => String(body.subject).includes(note.number));
    expect(told).toHaveLength(1);
  });
}
