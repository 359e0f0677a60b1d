import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pause } from '../support/process.ts';
import { noSqld } from '../support/sqld.ts';
import { type Answer, expectRefusal, type House, openHouse } from './house.ts';
import { deliveredOrder, euros, halfBack } from './orders.ts';

const name = 'Node with a replica that forwards writes';

describe.skipIf(noSqld !== null)(noSqld === null ? name : `${name} (${noSqld})`, () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('Node with a replica');
    await house.setProgramme(halfBack);
  });
  afterAll(() => house?.close());

  /** A replica may be a moment behind what was written through it. */
  async function soon(path: string, isThere: (answer: Answer) => boolean): Promise<Answer> {
    const deadline = performance.now() + 5000;
    for (;;) {
      const answer = await house.api('GET', path);
      if (isThere(answer) || performance.now() > deadline) return answer;
      await pause(20);
    }
  }

  test('decides from the primary: everything about an order right after another', async () => {
    const order = { ...deliveredOrder('chain', 4000), status: 'placed' };
    const { json } = await house.api('POST', '/orders', order);
    const path = `/orders/${order.source}/${order.number}`;
    const delivered = { id: 'e1', source: 'dhl', status: 'delivered', at: order.placedAt };
    expect((await house.api('POST', `${path}/events`, delivered)).status).toBe(201);
    expect((await house.api('POST', `${path}/events`, delivered)).status).toBe(200);
    const refund = { id: 'r1', at: order.placedAt, lines: [{ line: '1', amount: euros(1000) }] };
    const refunded = await house.api('POST', `${path}/refunds`, refund);
    expect([refunded.status, refunded.json.rewards.earned]).toEqual([201, euros(1500)]);
    const spent = { customerId: json.customerId, kind: 'till', amount: euros(1500) };
    expect((await house.api('POST', '/redemptions', spent)).json.balance.available).toEqual(euros(0));
    expectRefusal(await house.api('POST', '/redemptions', spent), 409, 'insufficient_balance');
    const shown = await soon(path, ({ status, json: kept }) => status === 200 && kept.refunds.length === 1);
    expect(shown.json).toEqual(refunded.json);
  });

  test('of 50 redemptions of 3.00 at once from 100.00, 33 succeed and 17 are refused', async () => {
    const { json: order } = await house.api('POST', '/orders', deliveredOrder('race', 20_000));
    const asked = { customerId: order.customerId, kind: 'till', amount: euros(300) };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => house.api('POST', '/redemptions', asked)),
    );
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([count(201), count(409)]).toEqual([33, 17]);
    const path = `/customers/${order.customerId}/balance`;
    const left = await soon(path, ({ json }) => json.available?.amount === 100);
    expect(left.json.available).toEqual(euros(100));
  });

  test('the same key twenty times at once: one effect, one answer', async () => {
    const order = deliveredOrder('twenty', 1000);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => house.api('POST', '/orders', order, 'twenty')),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  });

  test('after all that, verify finds nothing', async () => {
    expect(JSON.parse(await house.regulars('verify', '--json'))).toMatchObject({ differences: 0 });
    expect(house.output()).not.toMatch(/failed:|unhandled|uncaught/i);
  });
});
