import { expect, test } from 'vitest';
import { getOrder } from '../../../functions/money/orders/get-order.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { findCustomers } from '../../../functions/people/customers/find-customers.ts';
import { getBalance } from '../../../functions/people/customers/get-balance.ts';
import { getCustomer } from '../../../functions/people/customers/get-customer.ts';
import { listCustomerOrders } from '../../../functions/people/customers/list-customer-orders.ts';
import { listLedger } from '../../../functions/people/customers/list-ledger.ts';
import { DAY_MS, moneyBack, openShop } from '../../support/shop.ts';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

const monthlyBands = {
  id: 'monthly',
  name: 'Monthly',
  scheme: 'bands',
  mode: 'marginal',
  bands: [
    { from: '0.00', percent: '1' },
    { from: '100.00', percent: '3' },
  ],
  period: 'month',
  settleAfterDays: 7,
  from: '2025-01-01',
};

test('finds a customer by email with their accounts, and nobody by an unknown one', async () => {
  const shop = await openShop(moneyBack);
  const order = await shop.order({ email: 'ann@example.com' });
  await shop.order({ email: 'ann@example.com', account: 'ACME', department: 'Paris' });
  const { items } = await findCustomers(shop.ctx, { email: 'ann@example.com' });
  expect(items).toEqual([await getCustomer(shop.ctx, { id: order.customerId })]);
  expect(items[0]).toMatchObject({ email: 'ann@example.com', claimed: false, memberNumber: null });
  expect(items[0]?.accounts).toEqual([
    { id: order.accountId, name: null, currency: 'EUR', minimumWaived: null },
    { id: expect.any(String), name: 'ACME', currency: 'EUR', minimumWaived: null },
  ]);
  expect(await findCustomers(shop.ctx, { email: 'bob@example.com' })).toEqual({
    items: [],
    nextCursor: null,
  });
  await expect(getCustomer(shop.ctx, { id: 'nobody' })).rejects.toMatchObject({ code: 'not_found' });
});

test('finds a customer by the email they had before', async () => {
  const shop = await openShop();
  const { customerId } = await shop.order();
  await shop.ctx.db.write([
    { sql: "UPDATE customers SET email = 'new@example.com' WHERE id = ?", args: [customerId] },
    {
      sql: "INSERT INTO former_emails (email, customer_id, until) VALUES ('ann@example.com', ?, 1)",
      args: [customerId],
    },
  ]);
  const { items } = await findCustomers(shop.ctx, { email: 'ann@example.com' });
  expect(items.map(({ id, email }) => [id, email])).toEqual([[customerId, 'new@example.com']]);
});

test('asks which account is meant when there are several, and takes none of somebody else', async () => {
  const shop = await openShop(moneyBack);
  const { customerId, accountId } = await shop.order();
  const shared = await shop.order({ account: 'ACME' });
  const others = await shop.order({ email: 'bob@example.com' });
  for (const read of [getBalance, listLedger, listCustomerOrders]) {
    await expect(read(shop.ctx, { customerId })).rejects.toMatchObject({ code: 'account_required' });
    await expect(read(shop.ctx, { customerId, accountId: others.accountId })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(read(shop.ctx, { customerId: 'nobody' })).rejects.toMatchObject({ code: 'not_found' });
  }
  expect((await getBalance(shop.ctx, { customerId, accountId })).accountId).toBe(accountId);
  expect((await getBalance(shop.ctx, { customerId, accountId: shared.accountId })).accountId).toBe(
    shared.accountId,
  );
});

test('refuses whoever may not read customers', async () => {
  const shop = await openShop();
  const { customerId } = await shop.order();
  const key = { ...shop.ctx, actor: { kind: 'key', id: 'k', scopes: ['orders:read'] } as const };
  await expect(getBalance(key, { customerId })).rejects.toMatchObject({ code: 'scope_missing' });
  await expect(getBalance(shop.as(customerId), { customerId })).rejects.toMatchObject({ code: 'forbidden' });
});

test('answers a balance with what is settled, pending and next', async () => {
  const shop = await openShop({ ...moneyBack, settleAfterDays: 14 });
  const { customerId, accountId } = await shop.order({
    totals: [26000],
    placedAt: '2026-02-01T10:00:00Z',
  });
  await shop.order({ totals: [15000], status: 'shipped' });
  expect(await getBalance(shop.ctx, { customerId })).toEqual({
    accountId,
    spend: euros(41000),
    available: euros(1000),
    pending: euros(1000),
    debt: euros(0),
    lots: [{ remaining: euros(1000), expiresAt: null }],
    progress: [
      {
        rule: 'money-back',
        version: 1,
        period: { from: '2025-01-01', to: null },
        spend: euros(41000),
        nextTarget: euros(50000),
        missing: euros(9000),
        pays: euros(500),
      },
    ],
  });
});

test('leaves lots out that are over, whether or not their closing entry is posted', async () => {
  const shop = await openShop({ ...moneyBack, expires: { months: 1 } });
  const { customerId } = await shop.order({ totals: [10000] });
  const before = await getBalance(shop.ctx, { customerId });
  expect(before.lots).toEqual([{ remaining: euros(500), expiresAt: '2026-03-31T23:00:00Z' }]);
  shop.clock.advance(90 * DAY_MS);
  const after = await getBalance(shop.ctx, { customerId });
  expect(after).toMatchObject({ available: euros(0), lots: [], debt: euros(0) });
});

test('shows a debt beside an empty balance', async () => {
  const shop = await openShop(moneyBack);
  const { customerId, accountId, number } = await shop.order({ totals: [10000] });
  const voucher = { customerId, accountId, kind: 'voucher' as const, reference: null, currency: 'EUR' };
  await redeem(shop.ctx, { ...voucher, amount: 500n });
  await shop.refund(number, '1', 1);
  expect(await getBalance(shop.ctx, { customerId })).toMatchObject({
    available: euros(0),
    debt: euros(500),
    lots: [],
  });
});

test('counts in the currency of most orders while no programme is set', async () => {
  const shop = await openShop();
  const { customerId } = await shop.order({ currency: 'USD', totals: [100] });
  await shop.order({ totals: [4200] });
  await shop.order({ totals: [4200] });
  expect(await getBalance(shop.ctx, { customerId })).toMatchObject({ spend: euros(8400), progress: [] });
});

test('pools departments into the balance of their company', async () => {
  const shop = await openShop(moneyBack);
  const paris = await shop.order({ account: 'ACME', department: 'Paris', totals: [6000] });
  await shop.order({ email: 'bob@example.com', account: 'ACME', department: 'Lyon', totals: [6000] });
  const { customerId } = paris;
  const balance = await getBalance(shop.ctx, { customerId });
  expect(balance).toMatchObject({ accountId: paris.accountId, spend: euros(12000), available: euros(500) });
  const departmentId = await shop.departmentId('Paris');
  const asked = { customerId, accountId: departmentId };
  expect(await getBalance(shop.ctx, asked)).toEqual(balance);
  expect(await getBalance(shop.ctx, { accountId: departmentId })).toEqual(balance);
});

test('shows members of a department its orders only, with what each adds to the whole', async () => {
  const shop = await openShop(moneyBack);
  const ann = await shop.order({ account: 'ACME', department: 'Paris', totals: [6000], number: 'P-1' });
  const bob = await shop.order({ email: 'bob@x.example', account: 'ACME', totals: [6000], number: 'L-1' });
  await shop.order({ account: 'ACME', department: 'Paris', totals: [9000], number: 'P-2' });
  await shop.order({ email: 'bob@x.example', account: 'ACME', totals: [9000], number: 'L-2' });
  const hers = await listCustomerOrders(shop.ctx, { customerId: ann.customerId });
  expect(hers.items.map(({ number, rewards }) => [number, rewards.earned.amount])).toEqual([
    ['P-2', 500],
    ['P-1', 0],
  ]);
  expect(hers.items[0]).toMatchObject({ account: 'ACME', department: 'Paris' });
  const his = await listCustomerOrders(shop.ctx, { customerId: bob.customerId });
  expect(his.items.map(({ number }) => number)).toEqual(['L-2', 'P-2', 'L-1', 'P-1']);
  const paris = his.items[1];
  const departmentId = await shop.departmentId('Paris');
  const asked = { customerId: bob.customerId, accountId: departmentId };
  expect((await listCustomerOrders(shop.ctx, asked)).items).toEqual(
    his.items.filter(({ department }) => department === 'Paris'),
  );
  expect(paris).toEqual(await getOrder(shop.ctx, { source: 'web', number: 'P-2' }));
});

test('pages through orders, newest first, each as it is answered alone', async () => {
  const shop = await openShop(moneyBack, monthlyBands);
  let customerId = '';
  for (let index = 0; index < 47; index++) {
    const placedAt = new Date(Date.UTC(2026, 0, 1) + Math.floor(index / 2) * 2 * DAY_MS).toISOString();
    const order = await shop.order({ totals: [3300 + index * 17, 250], placedAt });
    customerId = order.customerId;
  }
  await shop.refund('W-20', '1', 1500);
  const seen = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page: Awaited<ReturnType<typeof listCustomerOrders>> = await listCustomerOrders(shop.ctx, {
      customerId,
      cursor,
    });
    seen.push(...page.items);
    cursor = page.nextCursor;
    pages += 1;
  } while (cursor !== null);
  expect(pages).toBe(3);
  expect(new Set(seen.map(({ number }) => number)).size).toBe(47);
  for (const order of seen) expect(order).toEqual(await getOrder(shop.ctx, order));
  const earned = seen.reduce((sum, { rewards }) => sum + rewards.earned.amount, 0);
  const balance = await getBalance(shop.ctx, { customerId });
  expect(earned).toBe(balance.available.amount);
  expect(seen.reduce((sum, { rewards }) => sum + rewards.pending.amount, 0)).toBe(balance.pending.amount);
});

test('refuses a cursor of its own making only', async () => {
  const shop = await openShop();
  const { customerId } = await shop.order();
  for (const cursor of ['x', 'WzFd', Buffer.from('["a","b","c"]').toString('base64url')]) {
    for (const read of [listLedger, listCustomerOrders]) {
      if (read === listLedger && cursor === 'WzFd') continue;
      await expect(read(shop.ctx, { customerId, cursor })).rejects.toMatchObject({
        code: 'validation_failed',
        errors: [{ path: 'cursor', code: 'invalid_cursor' }],
      });
    }
  }
});

test('lists the ledger newest first with explanations that add up', async () => {
  const shop = await openShop(moneyBack);
  const { customerId, accountId } = await shop.order({ totals: [26000] });
  const later = await shop.order({ totals: [15000] });
  await shop.refund(later.number, '1', 14000);
  const till = { customerId, accountId, kind: 'till' as const, currency: 'EUR', reference: 'receipt 5' };
  await redeem(shop.ctx, { ...till, amount: 300n });
  const { items, nextCursor } = await listLedger(shop.ctx, { customerId });
  expect(nextCursor).toBeNull();
  expect(items.map(({ seq, kind, amount }) => [seq, kind, amount.amount])).toEqual([
    [4, 'redeem', -300],
    [3, 'clawback', -1000],
    [2, 'earn', 1000],
    [1, 'earn', 1000],
  ]);
  for (const { amount, explanation } of items) {
    expect(explanation.reduce((sum, line) => sum + line.amount.amount, 0)).toBe(amount.amount);
  }
  expect(items[0]?.explanation).toEqual([{ text: 'Spent: receipt 5', amount: euros(-300) }]);
  expect(items[2]).toMatchObject({
    rule: 'money-back',
    version: 1,
    period: { from: '2025-01-01', to: null },
    order: { source: 'web', number: later.number },
    balanceAfter: euros(2000),
    explanation: [
      { text: '4 times 5.00 EUR, one for each 100.00 EUR of 410.00 EUR spent', amount: euros(2000) },
      { text: 'Less what this rule had paid before for the same period', amount: euros(-1000) },
    ],
  });
});

test('pages through a long ledger without gaps', async () => {
  const shop = await openShop(moneyBack);
  let customerId = '';
  for (let index = 0; index < 57; index++) {
    customerId = (await shop.order({ totals: [10000] })).customerId;
  }
  const first = await listLedger(shop.ctx, { customerId });
  expect(first.items.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => 57 - index));
  const second = await listLedger(shop.ctx, { customerId, cursor: first.nextCursor });
  expect(second.items.map(({ seq }) => seq)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  expect(second.nextCursor).toBeNull();
});
