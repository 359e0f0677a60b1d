import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { getConsoleOrder, movedOn } from '../../../functions/desk/console/orders/get-console-order.ts';
import { recordByHand } from '../../../functions/desk/console/orders/record-by-hand.ts';
import { tellMany } from '../../../functions/desk/console/orders/tell-many.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { getOrder } from '../../../functions/money/orders/get-order.ts';
import type { OrderStatus } from '../../../functions/money/orders/statuses.ts';
import { wordsIn } from '../../../src/locale.ts';
import { postToOrder } from '../../../src/order-acts.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const key = { source: 'web', number: 'W-1' };

/** The forms of an order's page, as a browser sends them. */
function deskOf(shop: Shop) {
  const ctx = { ...shop.ctx, actor: { kind: 'staff', id: 's1', role: 'agent' } } as const;
  const post = (fields: Record<string, string>) =>
    postToOrder(ctx, wordsIn('en'), {
      order: key,
      lines: ['1'],
      currency: 'EUR',
      fields: new Map(Object.entries({ key: newId(), ...fields })),
    });
  return {
    ctx,
    post,
    file: () => getConsoleOrder(ctx, key),
    status: async () => (await getOrder(ctx, key)).status,
    log: () =>
      shop.ctx.db.read(statement("SELECT act, detail FROM audit_log WHERE act LIKE 'order.%' ORDER BY at")),
  };
}

test.each<[OrderStatus, string | null]>([
  ['placed', 'confirmed'],
  ['packed', 'shipped'],
  ['out_for_delivery', 'delivered'],
  ['return_requested', 'return_approved'],
  ['delivered', null],
  ['cancelled', null],
  ['on_hold', null],
])('after %s the form is preset to %s', async (status, next) => {
  const shop = await openShop(moneyBack);
  await shop.order({ status: status as 'placed' });
  expect((await deskOf(shop).file()).next).toBe(next);
});

test('a step back is asked before it is recorded, with what it changes', async () => {
  const shop = await openShop(moneyBack);
  await shop.order({ totals: [12_000] });
  const { file, post, status } = deskOf(shop);
  expect((await file()).back).toEqual(expect.arrayContaining(['placed', 'packed', 'shipped']));
  const shipped = { do: 'tell', status: 'shipped' };
  expect(await post(shipped)).toMatchObject({
    confirm: 'back',
    preview: { status: { before: 'delivered', after: 'shipped' }, entries: [], isMailed: false },
  });
  expect(await status()).toBe('delivered');
  expect(await post({ ...shipped, confirmed: 'yes' })).toEqual({ done: 'told' });
  expect(await status()).toBe('shipped');
  expect(await post({ do: 'tell', status: 'return_requested' })).toEqual({ done: 'told' });
  expect(await post({ do: 'tell', status: '' })).toMatchObject({ errors: [{ field: 'status' }] });
});

test('another parcel goes its own way', async () => {
  const shop = await openShop(moneyBack);
  await shop.order({ status: 'placed' });
  await shop.event('W-1', { status: 'delivered', parcel: 'A' });
  expect(await deskOf(shop).post({ do: 'tell', status: 'shipped', parcel: 'B' })).toEqual({ done: 'told' });
});

test('of many orders none goes back', async () => {
  const shop = await openShop(moneyBack);
  for (const status of ['placed', 'delivered'] as const) await shop.order({ status });
  const { ctx, status } = deskOf(shop);
  const orders = ['W-1', 'W-2'].map((number) => ({ source: 'web', number }));
  expect(await tellMany(ctx, { orders, status: 'packed', key: newId() })).toEqual({ told: 1, refused: 1 });
  expect(await status()).toBe('packed');
});

test('a refund is asked with its lines and sum, a hold and what is taken back with a reason for the log', async () => {
  const shop = await openShop(moneyBack);
  await shop.order({ totals: [12_000] });
  const { post, status, log, file } = deskOf(shop);
  expect(await post({ do: 'refund', 'line-0': '30' })).toMatchObject({
    confirm: 'refund',
    given: [{ line: '1', minor: 3000n }],
    preview: { entries: [{ kind: 'clawback', amount: { minor: -500n } }] },
  });
  expect(await post({ status: 'on_hold' })).toMatchObject({ confirm: 'hold', isReasonMissing: false });
  expect(await post({ status: 'on_hold', confirmed: 'yes', why: '' })).toMatchObject({
    isReasonMissing: true,
  });
  expect([await status(), await log()]).toEqual(['delivered', []]);
  expect(await post({ status: 'on_hold', confirmed: 'yes', why: 'payment' })).toEqual({ done: 'told' });
  const event = (await file()).byHand[0]?.eventId ?? '';
  expect(await post({ do: 'withdraw', event })).toMatchObject({
    confirm: 'withdraw',
    preview: { status: { before: 'on_hold', after: 'delivered' } },
  });
  shop.clock.advance(1000);
  expect(await post({ do: 'withdraw', event, confirmed: 'yes', why: 'mistake' })).toEqual({
    done: 'withdrawn',
  });
  expect(await status()).toBe('delivered');
  expect((await log()).map(([act, detail]) => [act, JSON.parse(String(detail)).reason])).toEqual([
    ['order.told', 'payment'],
    ['order.event-withdrawn', 'mistake'],
  ]);
});

test('that an order was placed is not offered to be taken back, unless it is a later step back', async () => {
  const shop = await openShop(moneyBack);
  const { ctx } = deskOf(shop);
  const line = { product: 'Tray', category: '', quantity: '1', price: '20', discount: '', isGiftCard: false };
  const typed = { key: newId(), openedAt: shop.clock.now(), number: 'P-1', placedOn: '', status: 'placed' };
  const more = {
    promisedBy: '',
    customer: 'ann@example.com',
    customerId: '',
    isNewCustomer: true,
    account: '',
    lines: [line],
    shipping: '',
  };
  const made = await recordByHand(ctx, { ...typed, ...more });
  expect((await getConsoleOrder(ctx, made)).byHand).toEqual([]);
});

test('refunded whole, an order is no longer on hold to anybody: the refund comes last and is the reason', async () => {
  const shop = await openShop(moneyBack);
  await shop.order({ totals: [12_000] });
  const { file, post } = deskOf(shop);
  await post({ status: 'on_hold', confirmed: 'yes', why: 'payment' });
  shop.clock.advance(1000);
  await post({ do: 'refund', 'line-0': '120', confirmed: 'yes' });
  const { detail } = await file();
  expect([detail.summary.status, detail.isRefunded, detail.isHeld]).toEqual(['refunded', true, true]);
  expect(detail.timeline.map(({ status }) => status)).toEqual(['on_hold', 'refunded']);
});

test('entries that another order took over are told with both sums', async () => {
  const shop = await openShop(moneyBack);
  await shop.order({ totals: [12_000] });
  await shop.order({ totals: [9000] });
  const { file, post } = deskOf(shop);
  expect(movedOn(await file())).toBeNull();
  await post({ status: 'on_hold', confirmed: 'yes', why: 'stock' });
  const seen = await file();
  const entries = seen.entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const moved = movedOn(seen);
  expect(moved?.earned.minor).toBe(0n);
  expect(moved?.entries.minor).toBe(entries);
});
