import { expect, test } from 'vitest';
import { expectRefusal, type House } from './house.ts';
import { deliveredOrder, euros } from './orders.ts';

/** Two customers who are one person. */
export function describeMerging(open: () => House): void {
  test('makes two customers one and two again, once each, whoever asks at the same time', async () => {
    const { api } = open();
    const [stays, goes] = await Promise.all([
      api('POST', '/orders', deliveredOrder('merge-stays', 4000)),
      api('POST', '/orders', deliveredOrder('merge-goes', 3000)),
    ]);
    const [survivorId, mergedId] = [stays.json.customerId, goes.json.customerId];
    const balance = async () => (await api('GET', `/customers/${survivorId}/balance`)).json.available;
    const before = await balance();
    const asked = { survivorId, mergedId };
    const both = await Promise.all([
      api('POST', '/customer-merges', asked),
      api('POST', '/customer-merges', asked),
    ]);
    const done = both.filter(({ status }) => status === 201);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 422]);
    expect(await balance()).toEqual(euros(3500));
    expectRefusal(await api('GET', `/customers/${mergedId}/balance`), 404, 'not_found');
    const again = await api('POST', '/orders', { ...deliveredOrder('merge-goes', 1000, '-2') });
    expect(again.json.customerId).toBe(survivorId);
    const reversal = `/customer-merges/${done[0]?.json.id}/reversal`;
    expect((await api('POST', reversal, {})).status).toBe(201);
    expectRefusal(await api('POST', reversal, {}), 409, 'merge_not_undoable');
    expect(before).toEqual(euros(2000));
    expect(await balance()).toEqual(euros(2500));
    expect((await api('GET', `/customers/${mergedId}/balance`)).json.available).toEqual(euros(1500));
  });
}
