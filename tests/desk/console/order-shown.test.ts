import { describe, expect, test } from 'vitest';
import { findOrders } from '../../../functions/desk/console/find-orders.ts';
import { downloadOrders } from '../../../functions/desk/console/orders/download-orders.ts';
import { getConsoleOrder } from '../../../functions/desk/console/orders/get-console-order.ts';
import { listConsoleOrders } from '../../../functions/desk/console/orders/list-orders.ts';
import type { OrdersAsked } from '../../../functions/desk/console/orders/read-filter.ts';
import { getOrder } from '../../../functions/desk/portal/get-order.ts';
import { listOrders } from '../../../functions/desk/portal/list-orders.ts';
import { getFigures } from '../../../functions/desk/today/get-figures.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { countLate } from '../../../functions/money/orders/count-late.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';

const key = { source: 'web', number: 'H-1' };
const everything: OrdersAsked = {
  ...{ search: '', since: '', until: '', state: '', source: '' },
  ...{ currency: '', from: '', to: '', promise: '', customer: '' },
};

type Act = (shop: Shop) => Promise<void>;
const hold: Act = (shop) => shop.event('H-1', { status: 'on_hold' });
const release: Act = (shop) => shop.event('H-1', { status: 'released' });
const refund =
  (amount: number): Act =>
  (shop) =>
    shop.refund('H-1', '1', amount);

/** An order of 40.00, promised by the last day of February, after some acts, each an hour after the one before. */
async function shopAfter(...acts: Act[]): Promise<Shop & { customerId: string }> {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order({
    ...{ number: 'H-1', status: 'packed', placedAt: '2026-02-20T12:00:00Z', totals: [4000] },
    promisedBy: '2026-02-28',
  });
  for (const act of acts) {
    shop.clock.advance(3_600_000);
    await act(shop);
  }
  shop.clock.advance(40 * DAY_MS);
  return { ...shop, customerId };
}

/** The state of the order on every page, in every answer and file that tells it. */
async function statesShown({ ctx: own, as, customerId }: Shop & { customerId: string }) {
  const ctx = { ...own, actor: { kind: 'staff', id: 's1', role: 'manager' } } as const;
  const customer = as(customerId);
  const [found] = await findOrders(own.db, { text: 'H-1', limit: 5 });
  const listed = await listConsoleOrders(ctx, everything, null);
  const theirs = await listOrders(customer, {
    accountId: null,
    search: null,
    state: null,
    year: null,
    page: 1,
  });
  const page = await getConsoleOrder(ctx, key);
  const file = await new Response(await downloadOrders(ctx, everything)).text();
  return {
    'staff’s list': listed.items[0]?.status,
    'staff’s page': page.detail.summary.status,
    search: found?.status,
    'customer’s list': theirs.items[0]?.status,
    'customer’s page': (await getOrder(customer, key)).summary.status,
    file: file.trim().split('\n')[1]?.split(',').at(-2),
  };
}

test.each([
  ['on hold, then given back whole', [hold, refund(4000)], 'refunded'],
  ['given back whole, then on hold', [refund(4000), hold], 'on_hold'],
  ['on hold, then given back in part', [hold, refund(1000)], 'partly_refunded'],
  ['given back in part, then on hold', [refund(1000), hold], 'on_hold'],
  ['given back whole, on hold and released', [refund(4000), hold, release], 'released'],
])('an order %s shows the latest of its states everywhere', async (_, acts, state) => {
  const shop = await shopAfter(...acts);
  const shown = await statesShown(shop);
  expect([...new Set(Object.values(shown))]).toEqual([state]);
  expect(Object.values(shown)).toHaveLength(6);
  expect((await verify(shop.ctx)).differences).toBe(0);
});

describe('an order of which nothing more will come', () => {
  const lateIn = async (shop: Shop & { customerId: string }) => {
    const ctx = { ...shop.ctx, actor: { kind: 'staff', id: 's1', role: 'manager' } } as const;
    const listed = await listConsoleOrders(ctx, everything, null);
    const asked = await listConsoleOrders(ctx, { ...everything, promise: 'late' }, null);
    const { promise } = await getOrder(shop.as(shop.customerId), key);
    const { now } = await getFigures(ctx, { period: 'days', since: '2026-02-28', until: '2026-02-28' });
    const page = await getConsoleOrder(ctx, key);
    return {
      today: await countLate(ctx),
      marked: listed.items[0]?.isLate,
      listed: asked.items.length,
      promise,
      broken: now.promises.broken,
      next: page.next,
    };
  };

  test.each([
    ['held and given back whole', [hold, refund(4000)]],
    ['given back whole and held', [refund(4000), hold]],
    ['given back whole, held and released', [refund(4000), hold, release]],
  ])('is late nowhere: %s', async (_, acts) => {
    expect(await lateIn(await shopAfter(...acts))).toEqual({
      ...{ today: 0, marked: false, listed: 0, promise: null, broken: 0, next: null },
    });
  });

  test.each([
    ['on hold alone', [hold], null],
    ['given back in part', [hold, release, refund(1000)], null],
  ])('is not one that is late everywhere: %s', async (_, acts, next) => {
    expect(await lateIn(await shopAfter(...acts))).toEqual({
      ...{ today: 1, marked: true, listed: 1, promise: 'late', broken: 1, next },
    });
  });
});
