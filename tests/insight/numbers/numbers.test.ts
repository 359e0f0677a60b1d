import { expect, test } from 'vitest';
import { getCustomer } from '../../../functions/desk/console/get-customer.ts';
import { downloadNumbers } from '../../../functions/desk/console/insight/download-numbers.ts';
import type { Role } from '../../../functions/ground/platform/context.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { countNumbers } from '../../../functions/insight/numbers/count-numbers.ts';
import { getNumbers } from '../../../functions/insight/numbers/get-numbers.ts';
import { listNumbered, readNumbered } from '../../../functions/insight/numbers/list-numbered.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';

const staffOf = ({ ctx }: Shop, role: Role = 'analyst') =>
  ({ ...ctx, actor: { kind: 'staff', id: 's1', role } }) as const;

const buy = (shop: Shop, name: string, day: string, total: number) =>
  shop.order({
    ...{ placedAt: `${day}T12:00:00Z` },
    customer: { email: `${name.toLowerCase()}@example.com`, name },
    lines: [{ id: '1', total: { amount: total, currency: 'EUR' }, category: 'Tea' }],
  });

/** Today is 1 March 2026, a Sunday. */
async function filledShop() {
  const shop = await openShop(moneyBack);
  await buy(shop, 'Ann', '2025-12-01', 10_000);
  await buy(shop, 'Ann', '2026-02-10', 20_000);
  await buy(shop, 'Bea', '2025-12-20', 5_000);
  await buy(shop, 'Cy', '2026-02-28', 2_000);
  await buy(shop, 'Old', '2024-06-01', 90_000);
  await workFacts(shop.ctx);
  await countNumbers(shop.ctx);
  return shop;
}

const namesOf = async (shop: Shop, query: string) => {
  const asked = readNumbered(new URLSearchParams(query));
  if (asked === null) throw new Error('nothing is asked for');
  const page = await listNumbered(staffOf(shop), asked);
  return page?.items.map(({ name }) => name).toSorted();
};

test('counts all accounts, each figure with the names behind it', async () => {
  const shop = await filledShop();
  const numbers = await getNumbers(staffOf(shop));
  expect(numbers).toMatchObject({
    ...{ since: '2025-03-02', today: '2026-03-01', currency: 'EUR' },
    topTenth: { accounts: 1, of: 3, spendMinor: 30_000n, ofMinor: 37_000n },
    cohorts: [
      { month: '2024-06', accounts: 1 },
      { month: '2025-12', accounts: 2, bought: [2, 0, 1, 0] },
      { month: '2026-02', accounts: 1, bought: [1, 0] },
    ],
    weekdays: [
      { weekday: 1, orders: 1 },
      { weekday: 2, orders: 1 },
      { weekday: 6, orders: 2, spendMinor: 7_000n },
    ],
  });
  expect(numbers?.months.map(({ month, accounts, spendMinor }) => [month, accounts, spendMinor])).toEqual([
    ['2024-06', 1, 90_000n],
    ['2025-12', 2, 15_000n],
    ['2026-02', 2, 22_000n],
  ]);
  expect(await namesOf(shop, 'by=cohort&month=2025-12')).toEqual(['Ann', 'Bea']);
  expect(await namesOf(shop, 'by=cohort&month=2025-12&in=2026-02')).toEqual(['Ann']);
  expect(await namesOf(shop, 'by=month&month=2026-02')).toEqual(['Ann', 'Cy']);
  expect(await namesOf(shop, 'by=interval&from=60')).toEqual(['Ann']);
  expect(await namesOf(shop, 'by=spend&from=5000&to=30000')).toEqual(['Bea']);
});

test('as many are behind each cell and each part as it says', async () => {
  const shop = await filledShop();
  const numbers = await getNumbers(staffOf(shop));
  for (const { recency, frequency, accounts } of numbers?.rfm.cells ?? [])
    expect(await namesOf(shop, `by=rfm&r=${recency}&f=${frequency}`)).toHaveLength(accounts);
  for (const { fifth, accounts } of numbers?.rfm.spend ?? [])
    expect(await namesOf(shop, `by=fifth&m=${fifth}`)).toHaveLength(accounts);
  for (const { from, to, accounts } of numbers?.spend ?? [])
    expect(await namesOf(shop, `by=spend&from=${from}${to === null ? '' : `&to=${to}`}`)).toHaveLength(
      accounts,
    );
  for (const { from, to, accounts } of numbers?.intervals ?? [])
    expect(await namesOf(shop, `by=interval&from=${from}${to === null ? '' : `&to=${to}`}`)).toHaveLength(
      accounts,
    );
});

test('counts anew with each business day, and after news when ten minutes have passed', async () => {
  const shop = await filledShop();
  const { at } = (await getNumbers(shop.ctx)) ?? { at: 0 };
  const countedAt = async () => {
    await workFacts(shop.ctx);
    await countNumbers(shop.ctx);
    return (await getNumbers(shop.ctx))?.at;
  };
  shop.clock.advance(11 * 60_000);
  expect(await countedAt()).toBe(at);
  await buy(shop, 'Dee', '2026-02-27', 700);
  expect(await countedAt()).toBe(shop.clock.now());
  await buy(shop, 'Dee', '2026-02-26', 700);
  expect(await countedAt()).toBe(shop.clock.now());
  shop.clock.advance(DAY_MS);
  expect(await countedAt()).toBe(shop.clock.now());
});

test('tells a typical account beside one of its kind, and that it cannot tell from few', async () => {
  const shop = await filledShop();
  const { customerId, accountId } = await buy(shop, 'Eve', '2026-02-27', 700);
  await workFacts(shop.ctx);
  const page = { customerId, accountId, ordersPage: 1, historyPage: 1 };
  expect((await getCustomer(staffOf(shop), page)).typical).toMatchObject({
    ...{ kind: 'personal', cannotTell: true },
    typical: { accounts: 3, mix: [{ category: 'Tea', bps: 10_000 }] },
  });
});

test.each(['rfm', 'cohorts', 'spend', 'intervals', 'months', 'weekdays', 'typical'] as const)(
  'gives %s as a CSV, and says in the log who took it',
  async (table) => {
    const shop = await filledShop();
    const body = await downloadNumbers(staffOf(shop), table);
    const text = await new Response(body).text();
    expect(text.trim().split('\n').length).toBeGreaterThan(2);
    const acts = await shop.ctx.db.read({
      sql: 'SELECT subject_id FROM audit_log WHERE act = ?',
      args: ['figures.exported'],
    });
    expect(acts).toEqual([[table]]);
  },
);

test('is for the team alone, and nothing before it was counted', async () => {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order();
  await expect(getNumbers(shop.as(customerId))).rejects.toMatchObject({ code: 'forbidden' });
  expect(await getNumbers(shop.ctx)).toBeNull();
  expect(await listNumbered(shop.ctx, { by: 'month', month: '2026-02' })).toBeNull();
  expect(await downloadNumbers(shop.ctx, 'rfm')).toBeNull();
});
