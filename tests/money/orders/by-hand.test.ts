import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { refundByHand, tellByHand, withdrawByHand } from '../../../functions/money/orders/by-hand.ts';
import { getOrder } from '../../../functions/money/orders/get-order.ts';
import { moveOrder } from '../../../functions/money/orders/move-order.ts';
import { addRefund } from '../../../functions/money/orders/order-addition.ts';
import { previewChange } from '../../../functions/money/orders/preview-change.ts';
import { refundInput } from '../../../functions/money/orders/schema.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { getBalance } from '../../../functions/people/customers/get-balance.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const staffOf = (shop: Shop) => ({ ...shop.ctx, actor: { kind: 'staff', id: 's1', role: 'agent' } }) as const;

function handsIn(shop: Shop) {
  const ctx = staffOf(shop);
  const key = { source: 'web', number: 'W-1' };
  return {
    ctx,
    key,
    tell: (status: 'cancelled' | 'on_hold' | 'released' | 'packed', id = newId()) => {
      const event = {
        id,
        status,
        at: ctx.now(),
        note: null,
        carrier: null,
        trackingNumber: null,
        trackingUrl: null,
        parcel: null,
      };
      return tellByHand(ctx, { ...key, event });
    },
    status: async () => (await getOrder(ctx, key)).status,
    available: async (customerId: string) =>
      (await getBalance(ctx, { customerId, accountId: null })).available.amount,
    proven: async () => expect((await verify(shop.ctx)).found).toEqual([]),
    count: async (sql: string) => Number((await shop.ctx.db.read(statement(sql)))[0]?.[0]),
  };
}

test('a cancellation by hand takes rewards back, and taken back gives them again, whatever is pressed twice', async () => {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order({ totals: [25_000] });
  const { tell, status, available, proven, ctx, key, count } = handsIn(shop);
  expect(await available(customerId)).toBe(1000);
  const id = newId();
  expect([await tell('cancelled', id), await tell('cancelled', id)]).toEqual(['created', 'unchanged']);
  expect([await status(), await available(customerId)]).toEqual(['cancelled', 0]);
  await expect(tell('packed')).rejects.toMatchObject({
    errors: [{ path: 'status', code: 'order_cancelled' }],
  });
  const back = () => withdrawByHand(ctx, { ...key, eventId: id });
  expect([await back(), await back()]).toEqual(['created', 'unchanged']);
  expect([await status(), await available(customerId)]).toEqual(['delivered', 1000]);
  expect(await tell('cancelled', id)).toBe('unchanged');
  expect(await status()).toBe('delivered');
  expect(await count("SELECT count(*) FROM audit_log WHERE act LIKE 'order.%'")).toBe(2);
  await proven();
});

test('only what staff told is taken back', async () => {
  const shop = await openShop(moneyBack);
  await shop.order({ totals: [25_000] });
  await shop.event('W-1', { id: 'e9', status: 'returned' });
  const { ctx, key, status } = handsIn(shop);
  expect(await withdrawByHand(ctx, { ...key, eventId: 'e9' })).toBe('unchanged');
  expect(await status()).toBe('returned');
  await expect(withdrawByHand(shop.as('c1'), { ...key, eventId: 'e9' })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('an order is held and released, each once', async () => {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order({ totals: [10_000] });
  const { tell, available, proven } = handsIn(shop);
  await expect(tell('released')).rejects.toMatchObject({ errors: [{ code: 'not_held' }] });
  await tell('on_hold');
  expect(await available(customerId)).toBe(0);
  await expect(tell('on_hold')).rejects.toMatchObject({ errors: [{ code: 'held_already' }] });
  shop.clock.advance(1000);
  await tell('released');
  expect(await available(customerId)).toBe(500);
  await proven();
});

test('the preview of a refund says what the refund then takes back, and writes nothing', async () => {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order({ totals: [12_000] });
  const { ctx, key, available, proven, count } = handsIn(shop);
  const refund = refundInput.parse({
    id: newId(),
    at: new Date(ctx.now()).toISOString(),
    lines: [{ line: '1', amount: { amount: 3000, currency: 'EUR' } }],
  });
  const preview = await previewChange(ctx, key, (order) => addRefund(order, refund));
  const amount = { minor: -500n, currency: 'EUR' };
  expect(preview.entries).toEqual([{ kind: 'clawback', amount, rule: '5 back for every 100' }]);
  expect(preview.available.after.minor).toBe(0n);
  expect([await available(customerId), await count('SELECT count(*) FROM refunds')]).toEqual([500, 0]);
  expect(await refundByHand(ctx, { ...key, refund })).toBe('created');
  expect(await refundByHand(ctx, { ...key, refund })).toBe('unchanged');
  expect(await available(customerId)).toBe(0);
  await proven();
});

test('a moved order counts where it is as if it had always been there, and moved back all is as before', async () => {
  const { spend: _, back: __, ...steps } = moneyBack;
  const targets = [
    { spend: '100.00', back: '5.00' },
    { spend: '200.00', back: '20.00' },
  ];
  const shop = await openShop({ ...steps, scheme: 'steps', targets });
  const ann = await shop.order({ totals: [12_000] });
  const bob = await shop.order({ email: 'bob@example.org', totals: [9000] });
  const { ctx, key, available, proven, count } = handsIn(shop);
  const move = (email: string, id = newId()) =>
    moveOrder(ctx, { ...key, email, account: null, department: null, reason: 'wrong card', key: id });
  await redeem(shop.ctx, {
    customerId: ann.customerId,
    accountId: null,
    kind: 'till',
    amount: 300n,
    currency: 'EUR',
    reference: null,
  });
  const id = newId();
  expect([await move('bob@example.org', id), await move('bob@example.org', id)]).toEqual([
    'moved',
    'unchanged',
  ]);
  expect([await available(ann.customerId), await available(bob.customerId)]).toEqual([0, 2500]);
  expect((await getBalance(ctx, { customerId: ann.customerId, accountId: null })).debt.amount).toBe(300);
  await proven();
  await move('ann@example.com');
  expect([await available(ann.customerId), await available(bob.customerId)]).toEqual([200, 0]);
  expect(
    await count("SELECT count(*) FROM history WHERE kind IN ('order_moved_in', 'order_moved_out')"),
  ).toBe(4);
  await proven();
});

test('a till that still names whose an order was changes nothing and is not refused', async () => {
  const shop = await openShop(moneyBack);
  const placedAt = '2026-02-01T12:00:00Z';
  const told = () =>
    shop.sale({ number: 'W-1', totals: [12_000], placedAt, customer: { email: 'ann@example.com' } });
  await told();
  const bob = await shop.order({ email: 'bob@example.org' });
  const { ctx, key, proven } = handsIn(shop);
  await moveOrder(ctx, {
    ...key,
    email: 'bob@example.org',
    account: null,
    department: null,
    reason: null,
    key: newId(),
  });
  expect((await told()).customerId).toBe(bob.customerId);
  await expect(
    shop.sale({ number: 'W-1', totals: [12_000], placedAt, customer: { email: 'eve@example.com' } }),
  ).rejects.toMatchObject({ code: 'order_of_another_account' });
  await proven();
});

test.each([
  [{ email: 'nobody@example.com' }, 'email'],
  [{ email: 'ann' }, 'email'],
  [{ account: 'None such' }, 'account'],
])('nobody and nothing new is made by a move: %o', async (wrong, path) => {
  const shop = await openShop(moneyBack);
  await shop.order();
  const { ctx, key } = handsIn(shop);
  const move = {
    ...key,
    email: 'ann@example.com',
    account: null,
    department: null,
    reason: null,
    key: newId(),
    ...wrong,
  };
  await expect(moveOrder(ctx, move)).rejects.toMatchObject({ code: 'validation_failed', errors: [{ path }] });
  await expect(moveOrder(shop.as('c1'), move)).rejects.toMatchObject({ code: 'forbidden' });
});
