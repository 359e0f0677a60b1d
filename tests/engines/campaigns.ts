import { expect, test } from 'vitest';
import { type House, send } from './house.ts';
import { deliveredOrder } from './orders.ts';
import { openOwner } from './owner.ts';

const READERS = 8;

/** A campaign from its draft to its result, by the forms of the Ukrainian pages. */
export function describeCampaigns(open: () => House): void {
  test('a campaign is written, checked, sent with a share held back, and tells what its voucher brought', async () => {
    const house = open();
    const key = await house.newKey('customers:write', 'customers:read');
    for (let at = 0; at < READERS; at += 1) {
      const { json } = await house.api('POST', '/orders', deliveredOrder(`reads-${at}`, 1000));
      const wishes = [{ topic: 'news', channel: 'mail', isOn: true }];
      const agreed = await send(house.origin, {
        ...{ method: 'POST', path: `/customers/${json.customerId}/preferences`, key },
        ...{ body: { wishes, basis: 'Said so at the till' }, idempotencyKey: `news-${at}` },
      });
      expect(agreed.status).toBe(200);
    }
    const owner = await openOwner(house);
    const begun = await owner.post('/uk/console/campaigns', { do: 'new' });
    const page = String(begun.location);
    expect((await owner.get(page)).text).toContain('Чернетка');
    const added = { seq: '1', kind: 'news', control: '50', window: '30', name: 'Весна', do: 'add:voucher' };
    const draft = await owner.get(page);
    const [, blocks = ''] = /name="blocks" value="([^"]*)"/.exec(draft.text) ?? [];
    const [textId = ''] = blocks.split(':');
    const words = {
      ...{ ...added, blocks, subject_uk: 'Весна вже тут', voucher: '3,00', voucher_days: '30' },
      [`b_${textId}_texts_uk`]: 'Маємо новий чай.\r\n\r\nБракує {missing}.',
    };
    expect((await owner.post(page, words)).status).toBe(303);
    const checked = await owner.get(`${page}/check`);
    expect(checked.text).toContain('людей, які її отримають');
    const seq = /name="seq" value="(\d+)"/.exec(checked.text)?.[1] ?? '';
    const late = await owner.post(`${page}/check`, { do: 'schedule', seq, at: '2020-02-29T10:00' });
    expect([late.status, late.text.includes('День і час: цей час уже минув')]).toEqual([422, true]);
    const sent = await owner.post(`${page}/check`, { do: 'schedule', seq, at: '', confirmed: 'yes' });
    expect(sent.location).toBe(page);
    await house.runJobs();
    await house.runJobs();
    const [[told = '', held = ''] = []] = await house.look(
      "SELECT sum(share = 'told'), sum(share = 'held') FROM campaign_recipients",
    );
    expect(Number(told) + Number(held)).toBeGreaterThanOrEqual(READERS);
    const mails = () => house.mail.accepted.filter(({ body }) => body.subject === 'Весна вже тут');
    await expect.poll(() => mails().length, { timeout: 60_000 }).toBe(Number(told));
    const text = String(mails()[0]?.body.text);
    expect(text).toContain('Знижка 3,00');
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? '';
    const amount = { amount: 300, currency: 'EUR' };
    const used = await house.api('POST', `/vouchers/${code}/use`, {
      order: { source: 'till', number: 'C-1' },
      amount,
    });
    expect(used.status).toBe(201);
    await house.runJobs();
    const result = await owner.get(page);
    expect(result.text).toContain(`надано ${told}, використано 1`);
    expect(result.text).toContain('Ще не можна сказати');
    expect(await house.regulars('verify', '--json')).toContain('"differences":0');
  });
}
