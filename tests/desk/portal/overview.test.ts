import { expect, test } from 'vitest';
import { getOverview } from '../../../functions/desk/portal/get-overview.ts';
import { getProgramme } from '../../../functions/desk/portal/get-programme.ts';
import { turnIntoVoucher } from '../../../functions/desk/portal/turn-into-voucher.ts';
import { reverseRedemption } from '../../../functions/money/redemptions/reverse-redemption.ts';
import { DAY_MS, moneyBack, openShop } from '../../support/shop.ts';

const eur = (minor: bigint) => ({ minor, currency: 'EUR' });
const mine = { accountId: null };

test('shows what a customer has, waits for and needs to the next target', async () => {
  const shop = await openShop({ ...moneyBack, settleAfterDays: 14 });
  const { customerId, accountId } = await shop.order({ totals: [26000], placedAt: '2026-02-01T10:00:00Z' });
  await shop.order({ totals: [15000], status: 'shipped', lines: undefined, number: 'W-9' });
  await shop.order({ email: 'bob@example.com', totals: [99900] });
  const overview = await getOverview(shop.as(customerId), mine);
  expect(overview).toMatchObject({
    account: { id: accountId, name: null },
    accounts: [{ id: accountId, name: null }],
    currency: 'EUR',
    available: eur(1000n),
    pending: eur(1000n),
    debt: eur(0n),
    expiringSoon: [],
    vouchers: [],
  });
  expect(overview.progress).toEqual([
    {
      ruleId: 'money-back',
      ruleName: '5 back for every 100',
      period: { kind: 'lifetime', start: '2025-01-01', end: null },
      spend: eur(41000n),
      next: { spend: eur(50000n), missing: eur(9000n), pays: eur(500n) },
      reached: eur(2000n),
      scheme: { kind: 'every', spend: 10000n, back: 500n },
    },
  ]);
  expect(overview.latestOrders.map(({ number, status }) => [number, status])).toEqual([
    ['W-9', 'shipped'],
    ['W-1', 'delivered'],
  ]);
});

test('shows five orders at most, newest first, with what they cost', async () => {
  const shop = await openShop(moneyBack);
  const money = (amount: number) => ({ amount, currency: 'EUR' });
  let customerId = '';
  for (let index = 0; index < 6; index++) customerId = (await shop.order()).customerId;
  await shop.order({
    number: 'LAST',
    lines: [
      { id: '1', product: 'Coffee', total: money(3000), discount: money(500) },
      { id: '2', product: 'Tea', total: money(1000) },
    ],
    shipping: money(490),
    tax: money(10),
  });
  await shop.refund('LAST', '1', 250);
  const { latestOrders } = await getOverview(shop.as(customerId), mine);
  expect(latestOrders).toHaveLength(5);
  expect(latestOrders[0]).toMatchObject({
    number: 'LAST',
    total: eur(4000n),
    itemCount: 2,
    firstProduct: 'Coffee',
    status: 'partly_refunded',
  });
});

test('tells what lapses soon by its last day, and keeps quiet about what lapses later', async () => {
  const shop = await openShop({ ...moneyBack, expires: { months: 1 } });
  const { customerId } = await shop.order({ totals: [10000] });
  await shop.order({ totals: [10000] });
  const march31 = Date.parse('2026-03-31T22:59:59.999Z');
  const ann = shop.as(customerId);
  expect((await getOverview(ann, mine)).expiringSoon).toEqual([
    { remaining: eur(1000n), expiresAt: march31 },
  ]);
  shop.clock.advance(31 * DAY_MS);
  expect(await getOverview(ann, mine)).toMatchObject({ available: eur(0n), expiringSoon: [] });
  const patient = await openShop({ ...moneyBack, expires: { months: 12 } });
  const bob = await patient.order({ totals: [10000] });
  const overview = await getOverview(patient.as(bob.customerId), mine);
  expect(overview).toMatchObject({ available: eur(500n), expiringSoon: [] });
});

test('what lapses on one day is one sum, at whatever hours', async () => {
  const shop = await openShop({ ...moneyBack, expires: { months: 1 } });
  const { customerId } = await shop.order({ totals: [10000] });
  await shop.order({ totals: [10000] });
  const spend = (amountMinor: bigint, key: string) =>
    turnIntoVoucher(shop.as(customerId), { accountId: null, amountMinor, key });
  const codes = [await spend(500n, 'one'), await spend(500n, 'two')];
  shop.clock.advance(25 * DAY_MS);
  for (const { code } of codes) {
    const [row] = await shop.ctx.db.read({
      sql: 'SELECT redemption_id FROM vouchers WHERE code = ?',
      args: [code],
    });
    await reverseRedemption(shop.ctx, { id: String(row?.[0]), reason: 'Not wanted' });
    shop.clock.advance(3_600_000);
  }
  const { expiringSoon } = await getOverview(shop.as(customerId), mine);
  expect(expiringSoon.map(({ remaining }) => remaining)).toEqual([eur(1000n)]);
});

test('says what a return took beyond the balance as a debt', async () => {
  const shop = await openShop(moneyBack);
  const { customerId, number } = await shop.order({ totals: [10000] });
  await turnIntoVoucher(shop.as(customerId), { accountId: null, amountMinor: 500n, key: 'k' });
  await shop.refund(number, '1', 5000);
  expect(await getOverview(shop.as(customerId), mine)).toMatchObject({ available: eur(0n), debt: eur(500n) });
});

test('starts with the account that bought something, offers the others, and nobody else', async () => {
  const shop = await openShop(moneyBack);
  const shared = await shop.order({ account: 'ACME', totals: [10000] });
  const { customerId } = shared;
  const stranger = await shop.order({ email: 'bob@example.com' });
  const ann = shop.as(customerId);
  await shop.confirm(shared);
  expect((await getOverview(ann, mine)).account).toEqual({ id: shared.accountId, name: 'ACME' });
  const own = await shop.order();
  const overview = await getOverview(ann, mine);
  expect(overview.account).toEqual({ id: own.accountId, name: null });
  expect(overview.accounts.map(({ name }) => name)).toEqual([null, 'ACME']);
  const other = await getOverview(ann, { accountId: shared.accountId });
  expect(other).toMatchObject({ account: { name: 'ACME' }, available: eur(500n) });
  await expect(getOverview(ann, { accountId: stranger.accountId })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(getOverview(shop.as('nobody'), mine)).rejects.toMatchObject({ code: 'not_found' });
  await expect(getOverview(shop.ctx, mine)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('pools the balance of a company, and shows a department its own orders only', async () => {
  const shop = await openShop(moneyBack);
  const paris = await shop.order({ account: 'ACME', department: 'Paris', totals: [6000], number: 'P' });
  await shop.order({ email: 'bob@example.com', account: 'ACME', department: 'Lyon', totals: [6000] });
  await shop.confirm(paris);
  const overview = await getOverview(shop.as(paris.customerId), mine);
  expect(overview).toMatchObject({ account: { name: 'ACME' }, available: eur(500n) });
  expect(overview.latestOrders.map(({ number }) => number)).toEqual(['P']);
});

test('lives without a programme and without orders', async () => {
  const shop = await openShop();
  const { customerId } = await shop.order({ currency: 'USD' });
  expect(await getProgramme(shop.as(customerId))).toBeNull();
  expect(await getOverview(shop.as(customerId), mine)).toMatchObject({
    currency: 'USD',
    available: { minor: 0n, currency: 'USD' },
    progress: [],
  });
});

test('reads an overview in one turn', async () => {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order();
  const ctx = shop.as(customerId);
  await getOverview(ctx, mine);
  const turns: number[] = [];
  let isOpen = false;
  const db = Object.create(ctx.db, {
    read: {
      value: async (statement: Parameters<typeof ctx.db.read>[0]) => {
        if (!isOpen) {
          isOpen = true;
          turns.push(0);
          setImmediate(() => {
            isOpen = false;
          });
        }
        turns.push((turns.pop() ?? 0) + 1);
        const rows = await ctx.db.read(statement);
        await new Promise((resolve) => setImmediate(resolve));
        return rows;
      },
    },
  });
  await getOverview({ ...ctx, db }, mine);
  expect(turns).toEqual([1]);
});

test('shows the rules in force today, in their order', async () => {
  const shop = await openShop(moneyBack, { ...moneyBack, id: 'later', name: 'Later', from: '2027-01-01' });
  const view = await getProgramme(shop.as('anybody'));
  expect(view).toMatchObject({ currency: 'EUR', timeZone: 'Europe/London' });
  expect(view?.rules.map(({ id }) => id)).toEqual(['money-back']);
  shop.clock.advance(365 * DAY_MS);
  expect((await getProgramme(shop.ctx))?.rules.map(({ id }) => id)).toEqual(['money-back', 'later']);
});
