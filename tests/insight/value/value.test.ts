import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { listCustomers } from '../../../functions/desk/console/customers/list-customers.ts';
import type { CustomersAsked } from '../../../functions/desk/console/customers/read-filter.ts';
import { getCustomer } from '../../../functions/desk/console/get-customer.ts';
import { getTillCustomer } from '../../../functions/desk/console/till/get-till-customer.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import type { Role } from '../../../functions/ground/platform/context.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { listKeyAccounts } from '../../../functions/insight/levels/list-key-accounts.ts';
import { tellAccounts } from '../../../functions/insight/levels/tell-accounts.ts';
import { getStanding } from '../../../functions/insight/value/get-standing.ts';
import { getValue } from '../../../functions/insight/value/get-value.ts';
import { listWorth } from '../../../functions/insight/value/list-worth.ts';
import { openCircle } from '../../circle/referrals/circle.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const staffOf = ({ ctx }: Pick<Shop, 'ctx'>, role: Role = 'agent') =>
  ({ ...ctx, actor: { kind: 'staff', id: 's1', role } }) as const;

const everyone: CustomersAsked = {
  ...{ search: '', company: '', kind: '', club: '', member: '', debt: '', lapsed: '', news: '' },
  ...{ from: '', to: '', lastSince: '', lastUntil: '', joinedSince: '', joinedUntil: '' },
  ...{ own: '', value: '', manager: '', sort: '', order: '' },
};

const noon = (day: string) => ({ placedAt: `${day}T12:00:00Z` });

test('tells spend to date and of a year, rewards, refunds and the rank among all', async () => {
  const shop = await openShop(moneyBack);
  const { accountId } = await shop.order({ ...noon('2025-02-01'), totals: [40_000] });
  await shop.order({ ...noon('2026-01-01'), number: 'A', totals: [10_000, 20_000] });
  await shop.order({ ...noon('2026-01-02'), totals: [7_000], currency: 'USD' });
  await shop.refund('A', '1', 4_000);
  await shop.order({ ...noon('2026-01-03'), email: 'bob@example.com', totals: [26_001] });
  await shop.order({ ...noon('2026-01-03'), email: 'cy@example.com', totals: [26_000] });
  await workFacts(shop.ctx);
  const value = await getValue(staffOf(shop, 'analyst'), { accountId });
  expect(value).toEqual({
    ...{ accountId, currency: 'EUR', since: '2025-03-02', until: '2026-03-01' },
    ...{ orderCount: 2, spendMinor: 66_000n, yearOrders: 1, yearSpendMinor: 26_000n },
    ...{ refundedMinor: 4_000n, rewardsMinor: 3_000n },
    ...{
      referred: { friends: 0, spendMinor: 0n },
      rank: { place: 2, of: 3 },
      departments: [],
      margin: null,
    },
  });
  expect(await getStanding(staffOf(shop), { accountId })).toEqual({
    ...{
      level: 'repeat',
      currency: 'EUR',
      spendMinor: 66_000n,
      yearSpendMinor: 26_000n,
      expectedMinor: null,
    },
    ...{ rank: { place: 2, of: 3 }, isPinned: false, referred: { friends: 0, spendMinor: 0n } },
  });
  await expect(getValue(shop.as('x'), { accountId })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(getStanding(shop.as('x'), { accountId })).rejects.toMatchObject({ code: 'forbidden' });
});

test('the last and the next 365 days are told alike at the till and in every list of accounts', async () => {
  const shop = await openShop(moneyBack);
  const { accountId } = await shop.order({ ...noon('2025-02-01'), totals: [40_000] });
  await shop.order({ ...noon('2026-01-01'), totals: [30_000] });
  await shop.order({ ...noon('2026-01-01'), email: 'bob@example.com', totals: [1_000] });
  await workFacts(shop.ctx);
  await shop.ctx.db.write([
    statement(
      `INSERT INTO account_forecasts (account_id, day, alive_permille, orders_365_milli, spend_day_minor)
       VALUES (?, '2026-03-01', 900, 2500, 10001)`,
      accountId,
    ),
  ]);
  const staff = staffOf(shop);
  const worth = { yearSpendMinor: 30_000n, expectedMinor: 25_002n };
  expect(await getStanding(staff, { accountId })).toMatchObject(worth);
  expect((await listKeyAccounts(staff)).first).toMatchObject([worth, { expectedMinor: null }]);
  const worths = await listWorth(staff, [accountId, 'none']);
  expect(worths.get(accountId)).toMatchObject(worth);
  expect(worths.get('none')).toMatchObject({ yearSpendMinor: 0n, expectedMinor: null });
  const { items } = await listCustomers(staff, everyone, null);
  expect(items.find(({ rootId }) => rootId === accountId)).toMatchObject(worth);
  expect((await tellAccounts(staff, [accountId], 'EUR'))[0]).toMatchObject(worth);
});

test('has no rank for who spent nothing in a year, and no value without a currency', async () => {
  const shop = await openShop(moneyBack);
  const { accountId } = await shop.order({ ...noon('2024-02-01'), totals: [40_000] });
  await workFacts(shop.ctx);
  expect(await getValue(shop.ctx, { accountId })).toMatchObject({ spendMinor: 40_000n, rank: null });
  expect(await getStanding(shop.ctx, { accountId })).toMatchObject({ level: 'first', rank: null });
  const young = await openShop();
  expect(await getValue(young.ctx, { accountId })).toBeNull();
  expect(await getStanding(young.ctx, { accountId })).toBeNull();
});

test('tells departments and the accounts of a customer apart, on their page and at the till', async () => {
  const shop = await openShop(moneyBack);
  const own = await shop.order({ ...noon('2026-01-01'), totals: [900] });
  const day = { ...noon('2026-02-01'), account: 'ACME' };
  const acme = await shop.order({ ...day, totals: [300] });
  await shop.order({ ...day, department: 'Paris', totals: [700] });
  await workFacts(shop.ctx);
  const value = await getValue(staffOf(shop), { accountId: acme.accountId });
  expect(value?.departments.map(({ name, spendMinor, rank }) => [name, spendMinor, rank])).toEqual([
    [null, 300n, { place: 2, of: 2 }],
    ['Paris', 700n, { place: 1, of: 2 }],
  ]);
  const { customerId, accountId } = own;
  const file = await getCustomer(staffOf(shop), { customerId, accountId, ordersPage: 1, historyPage: 1 });
  expect(file.value?.spendMinor).toBe(900n);
  expect(file.relationships.map(({ name, spendMinor, rank }) => [name, spendMinor, rank])).toEqual([
    ['', 900n, { place: 2, of: 2 }],
    ['ACME', 1000n, { place: 1, of: 2 }],
  ]);
  const { standing } = await getTillCustomer(staffOf(shop), { customerId, accountId: acme.accountId });
  expect(standing).toMatchObject({ level: 'repeat', spendMinor: 1000n, rank: { place: 1, of: 2 } });
});

test('counts what friends spent, and not once the recommendation is declined', async () => {
  const circle = await openCircle();
  const [own] = await circle.ask(`SELECT id FROM accounts WHERE owner_id = '${circle.ann}'`);
  const accountId = own?.[0] ?? '';
  await circle.buy('ann@example.com');
  const { id } = await circle.tell('ben@example.com');
  const number = await circle.buy('ben@example.com');
  const referred = async () => (await getValue(circle.ctx, { accountId }))?.referred;
  await workFacts(circle.ctx);
  const before = await referred();
  expect(before?.friends).toBe(1);
  expect(before?.spendMinor).toBeGreaterThan(0n);
  expect(await getStanding(circle.ctx, { accountId })).toMatchObject({ referred: before });
  const keys = await listKeyAccounts(circle.ctx);
  expect(keys.first.map(({ id: of, referredMinor }) => of === accountId && referredMinor)).toContain(
    before?.spendMinor,
  );
  expect(id).not.toBe('');
  await circle.event(number, { status: 'cancelled' });
  await workFacts(circle.ctx);
  expect(await referred()).toEqual({ friends: 0, spendMinor: 0n });
});

test('counts what friends spent once after two of them became one', async () => {
  const circle = await openCircle();
  const [own] = await circle.ask(`SELECT id FROM accounts WHERE owner_id = '${circle.ann}'`);
  const accountId = own?.[0] ?? '';
  await circle.buy('ann@example.com');
  for (const email of ['ben@example.com', 'bob@example.com']) {
    await circle.tell(email);
    await circle.buy(email);
  }
  const told = async () => {
    await workFacts(circle.ctx);
    const keys = await listKeyAccounts(circle.ctx);
    return [
      (await getValue(circle.ctx, { accountId }))?.referred,
      keys.first.find(({ id }) => id === accountId)?.referredMinor,
    ];
  };
  expect(await told()).toEqual([{ friends: 2, spendMinor: 6000n }, 6000n]);
  await mergeCustomers(circle.ctx, {
    ...{ survivor: 'ben@example.com', merged: 'bob@example.com', key: 'a'.repeat(32) },
  });
  expect(await told()).toEqual([{ friends: 1, spendMinor: 6000n }, 6000n]);
});
