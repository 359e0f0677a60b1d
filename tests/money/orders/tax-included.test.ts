import { expect, test } from 'vitest';
import { getOrder } from '../../../functions/desk/portal/get-order.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { exportOrders, orderColumns } from '../../../functions/reach/exports/export-orders.ts';
import { always, importText, textOf } from '../../reach/exports/export-text.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const euros = (amount: number) => ({ amount, currency: 'EUR' });
const withTax = { ...moneyBack, counts: { shipping: true, tax: true } };

test('tax inside the prices is told and never added: not to the page, not to a rule that counts tax', async () => {
  const shop = await openShop(withTax);
  const inside = await shop.order({ totals: [9_000], shipping: euros(500), taxIncluded: euros(1_512) });
  expect(inside).toMatchObject({ tax: null, taxIncluded: euros(1_512), rewards: { earned: euros(0) } });
  const { summary, tax, taxIncluded } = await getOrder(shop.as(inside.customerId), inside);
  expect([summary.total.minor, tax, taxIncluded?.minor]).toEqual([9_500n, null, 1_512n]);
  const onTop = await shop.order({
    email: 'bob@example.com',
    totals: [9_000],
    shipping: euros(500),
    tax: euros(1_512),
  });
  expect(onTop.rewards.earned).toEqual(euros(500));
  expect(onTop).not.toHaveProperty('taxIncluded');
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

test('tax inside the prices completes an order, and contradicts another', async () => {
  const shop = await openShop(moneyBack);
  const order = { number: 'W-1', placedAt: '2026-02-20T10:00:00Z', totals: [9_000] };
  await shop.order(order);
  expect(await shop.order({ ...order, taxIncluded: euros(700) })).toMatchObject({ taxIncluded: euros(700) });
  expect(await shop.order(order)).toMatchObject({ taxIncluded: euros(700) });
  await expect(shop.order({ ...order, taxIncluded: euros(701) })).rejects.toMatchObject({
    code: 'order_contradicts',
  });
  await expect(shop.order({ ...order, taxIncluded: { amount: 700, currency: 'USD' } })).rejects.toThrow();
});

test('the export says it in a last column, only where some order has it, and reads it back', async () => {
  const shop = await openShop(withTax);
  await shop.order({ number: 'plain', placedAt: '2026-02-20T10:00:00Z', totals: [12_000], tax: euros(100) });
  const plain = await textOf(exportOrders(shop.ctx, always));
  expect(plain.split('\n')[0]).toBe(orderColumns.join(','));
  await shop.order({
    number: 'inside',
    placedAt: '2026-02-21T10:00:00Z',
    totals: [5_000, 6_000],
    taxIncluded: euros(1_756),
  });
  const before = await textOf(exportOrders(shop.ctx, { since: null, until: '2026-02-21' }));
  expect(before).toBe(plain);
  const text = await textOf(exportOrders(shop.ctx, always));
  const [head, ...rows] = text.trimEnd().split('\n');
  expect(head).toBe(`${orderColumns.join(',')},tax_included`);
  expect(rows.map((row) => row.split(',').at(-1))).toEqual(['17.56', '', '']);
  const { ctx: copy, report } = await importText(text);
  expect(report).toMatchObject({ orders: { created: 2 }, errors: [] });
  expect(await textOf(exportOrders(copy, always))).toBe(text);
  expect((await importText(text, shop.ctx)).report.orders).toMatchObject({ unchanged: 2, rejected: 0 });
});
