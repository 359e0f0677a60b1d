import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { getHistory } from '../../../functions/desk/console/customers/get-history.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Role } from '../../../functions/ground/platform/context.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { firstAccounts } from '../../../functions/insight/levels/key-order.ts';
import { listKeyAccounts } from '../../../functions/insight/levels/list-key-accounts.ts';
import { pinAccount } from '../../../functions/insight/levels/pin-account.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';

const staffOf = ({ ctx }: Shop, role: Role = 'agent') =>
  ({ ...ctx, actor: { kind: 'staff', id: 's1', role } }) as const;

const account = (rootId: string, year: bigint, spend: bigint, firstOn: string) => ({
  ...{ rootId, yearSpendMinor: year, spendMinor: spend, firstOn },
});

test.each([
  ['less spent', [account('a', 5n, 5n, '2025-01-01'), account('b', 9n, 9n, '2025-01-01')], 2, 'b1 a2'],
  ['as much spent', [account('a', 5n, 5n, '2025-01-02'), account('b', 5n, 5n, '2025-01-01')], 2, 'b1 a1'],
  ['more to date', [account('a', 5n, 5n, '2025-01-01'), account('b', 5n, 8n, '2025-06-01')], 1, 'b1'],
  ['all the same', [account('b', 5n, 5n, '2025-01-01'), account('a', 5n, 5n, '2025-01-01')], 1, 'a1'],
  [
    'two first and one behind them',
    [
      account('a', 5n, 5n, '2025-01-01'),
      account('b', 5n, 5n, '2025-02-01'),
      account('c', 4n, 90n, '2024-01-01'),
    ],
    3,
    'a1 b1 c3',
  ],
  ['nobody', [], 3, ''],
])('the order of accounts with %s', (_what, accounts, count, expected) => {
  expect(
    firstAccounts(accounts, count)
      .map(({ rootId, place }) => `${rootId}${place}`)
      .join(' '),
  ).toBe(expected);
});

const buy = (shop: Shop, name: string, day: string, total: number) =>
  shop.order({
    ...{ placedAt: `${day}T12:00:00Z`, totals: [total] },
    customer: { email: `${name.toLowerCase()}@example.com`, name },
  });

async function shown(shop: Shop) {
  await workFacts(shop.ctx);
  const { first, pinned } = await listKeyAccounts(staffOf(shop, 'analyst'));
  return {
    first: first.map(({ name, place, yearSpendMinor }) => `${place} ${name} ${yearSpendMinor}`),
    pinned: pinned.map(({ name, place }) => `${name} ${place}`),
  };
}

test('are the first by spend of the last 365 days, which end with each day', async () => {
  const shop = await openShop(moneyBack);
  await buy(shop, 'Ann', '2025-06-01', 50_000);
  await buy(shop, 'Ann', '2026-02-10', 10_000);
  await buy(shop, 'Bob', '2025-03-01', 90_000);
  await buy(shop, 'Bob', '2025-03-02', 20_000);
  await buy(shop, 'Dee', '2026-02-01', 30_000);
  expect((await shown(shop)).first).toEqual(['1 Ann 60000', '2 Dee 30000', '3 Bob 20000']);
  shop.clock.advance(DAY_MS);
  expect((await shown(shop)).first).toEqual(['1 Ann 60000', '2 Dee 30000']);
  await setPolicy(shop.ctx, 'keyAccounts', '1');
  expect((await shown(shop)).first).toEqual(['1 Ann 60000']);
  expect((await verify(shop.ctx)).found).toEqual([]);
});

test('keep whom staff pin until somebody takes the pin away, a company too', async () => {
  const shop = await openShop(moneyBack);
  await buy(shop, 'Ann', '2026-02-10', 10_000);
  const cy = await buy(shop, 'Cy', '2024-12-01', 1_000);
  const acme = await shop.order({
    account: 'ACME',
    department: 'Paris',
    totals: [500],
    email: 'cy@example.com',
  });
  await setPolicy(shop.ctx, 'keyAccounts', '1');
  const { accountId } = cy;
  await workFacts(shop.ctx);
  const [company] = await shop.ctx.db.read(statement("SELECT root_id FROM accounts WHERE name = 'Paris'"));
  await pinAccount(staffOf(shop), { accountId, isPinned: true });
  await pinAccount(staffOf(shop), { accountId, isPinned: true });
  shop.clock.advance(1000);
  await pinAccount(staffOf(shop), { accountId: String(company?.[0]), isPinned: true });
  expect(await shown(shop)).toEqual({ first: ['1 Ann 10000'], pinned: ['ACME null', 'Cy null'] });
  await expect(
    pinAccount(staffOf(shop), { accountId: acme.accountId, isPinned: true }),
  ).resolves.toBeUndefined();
  await expect(pinAccount(staffOf(shop, 'analyst'), { accountId, isPinned: false })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(pinAccount(staffOf(shop), { accountId: 'nobody', isPinned: true })).rejects.toMatchObject({
    code: 'not_found',
  });
  await pinAccount(staffOf(shop), { accountId, isPinned: false });
  expect((await shown(shop)).pinned).toEqual(['ACME null']);
  const { history } = await getHistory(staffOf(shop), {
    ...{ customerId: cy.customerId, accountId, page: 1, group: 'staff' },
  });
  expect(history.moments.flatMap(({ happenings }) => happenings.map(({ kind }) => kind))).toEqual([
    'customer_unpinned',
    'customer_pinned',
  ]);
  const acts = await shop.ctx.db.read(
    statement(
      "SELECT act FROM audit_log WHERE act LIKE 'customer.%pinned' AND subject_id = ? ORDER BY id",
      accountId,
    ),
  );
  expect(acts.flat()).toEqual(['customer.pinned', 'customer.unpinned']);
});

test('a pinned account among the first is listed once, with its pin', async () => {
  const shop = await openShop(moneyBack);
  const { accountId } = await buy(shop, 'Ann', '2026-02-10', 10_000);
  await pinAccount(staffOf(shop), { accountId, isPinned: true });
  await workFacts(shop.ctx);
  const { first, pinned, spenders } = await listKeyAccounts(staffOf(shop));
  expect(first.map(({ place, pin }) => [place, pin?.at])).toEqual([[1, shop.clock.now()]]);
  expect([pinned, spenders]).toEqual([[], 1]);
});
