import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { tellReceived } from '../support/tell-received.ts';
import { type House, send } from './house.ts';

/** Mail that comes in, and telephone systems. */
export function describeContacts(open: () => House): void {
  test('a mail that came in is fetched and in the log, one that is gone waits for a person', async () => {
    const house = open();
    const { mail, runJobs, newKey, origin, look } = house;
    const from = 'Writes <writes@example.com>';
    mail.received.mails.set('in-1', { from, subject: 'Beans', text: 'Have you got beans?\n\n> Earlier' });
    for (const id of ['in-1', 'in-1', 'in-2'])
      expect(
        await tellReceived(house, { email_id: id, from, to: ['replies@in.x.example'], subject: 'Beans' }),
      ).toBe(204);
    await runJobs();
    await expect
      .poll(() => look('SELECT id, state, reason FROM received_mails ORDER BY id'), { timeout: 30_000 })
      .toEqual([
        ['in-1', 'taken', 'null'],
        ['in-2', 'failed', 'unknown_mail'],
      ]);
    const key = await newKey('contacts:read', 'customers:read');
    const { json } = await send(origin, { method: 'GET', path: '/contacts?channel=mail', key });
    expect(json.items).toMatchObject([
      { summary: 'Have you got beans?', address: 'writes@example.com', wantsAnswer: true, answeredAt: null },
    ]);
  });

  test('calls of a telephone system are each heard once, find who called, and are counted', async () => {
    const { newKey, origin } = open();
    const key = await newKey('contacts:write', 'contacts:read', 'customers:read');
    const call = { channel: 'phone', direction: 'in', number: '+44 20 7946 0455' };
    const tell = async (body: object) =>
      send(origin, {
        method: 'POST',
        path: '/contacts',
        body,
        key,
        idempotencyKey: randomBytes(8).toString('hex'),
      });
    const missed = await tell({ ...call, missed: true, reference: 'pbx-1' });
    expect(missed).toMatchObject({ status: 201, json: { customerId: null, taskId: expect.any(String) } });
    expect((await tell({ ...call, missed: true, reference: 'pbx-1' })).status).toBe(200);
    const back = { ...call, direction: 'out', seconds: 90, reference: 'pbx-2' };
    expect(await tell(back)).toMatchObject({ status: 201, json: { taskId: null } });
    const day = missed.json.at.slice(0, 10);
    const { json } = await send(origin, {
      ...{ method: 'GET', path: `/contacts/numbers?since=${day}&channel=phone`, key },
    });
    expect(json.total.now).toMatchObject({ incoming: 1, missed: 1, outgoing: 1, seconds: 90, answered: 1 });
    expect(json.peopleByChannel).toMatchObject([{ staffId: null, channel: 'phone' }]);
  });
}
