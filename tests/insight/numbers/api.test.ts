import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { addKey } from '../../../functions/ground/keys/add-key.ts';
import type { Scope } from '../../../functions/ground/platform/context.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { countNumbers } from '../../../functions/insight/numbers/count-numbers.ts';
import { getNumbers } from '../../../functions/insight/numbers/get-numbers.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

/** Two customers, today being 1 March 2026. */
async function openApi() {
  const shop = await openShop(moneyBack);
  await shop.order({ email: 'ann@example.com', placedAt: '2025-12-01T12:00:00Z', totals: [10_000] });
  await shop.order({ email: 'ann@example.com', placedAt: '2026-02-10T12:00:00Z', totals: [20_000] });
  await shop.order({ email: 'bob@example.com', placedAt: '2026-02-28T12:00:00Z', totals: [2_000] });
  await workFacts(shop.ctx);
  const app = createApp({ runtime: shop.ctx, openStore: () => shop.ctx.db });
  const read = async (path: string, ...scopes: Scope[]) => {
    const { key } = await addKey(shop.ctx, { name: 'desk', scopes });
    const answer = await app.request(`/api/v1${path}`, { headers: { Authorization: `Bearer ${key}` } });
    return { status: answer.status, json: await answer.json() };
  };
  return { ...shop, read };
}

const figures = ['rfm', 'retention', 'spend', 'intervals', 'seasons', 'typical'];

test('answers the figures of the pages, and names nobody', async () => {
  const { ctx, read } = await openApi();
  await countNumbers(ctx);
  const told = await Promise.all(figures.map((name) => read(`/numbers/${name}`, 'customers:read')));
  const [rfm, retention, spend, intervals, seasons, typical] = told.map(({ json }) => json);
  const about = { since: '2025-03-02', until: '2026-03-01', countedAt: '2026-03-01T12:00:00Z' };
  for (const { status, json } of told) {
    expect(status).toBe(200);
    expect(json).toMatchObject(about);
    expect(JSON.stringify(json)).not.toContain('example.com');
  }
  const view = await getNumbers(ctx);
  expect(rfm.accounts).toBe(2);
  expect(rfm.cells.map(({ accounts }: { accounts: number }) => accounts)).toEqual(
    view?.rfm.cells.map(({ accounts }) => accounts),
  );
  expect(retention.cohorts).toEqual([
    { month: '2025-12', accounts: 1, bought: [1, 0, 1, 0] },
    { month: '2026-02', accounts: 1, bought: [1, 0] },
  ]);
  expect(spend.topTenth).toMatchObject({ accounts: 1, of: 2, spend: { amount: 30_000, currency: 'EUR' } });
  expect(intervals.spread.find(({ accounts }: { accounts: number }) => accounts > 0)).toEqual({
    ...{ fromDays: 60, belowDays: 90, accounts: 1 },
  });
  expect(seasons.months).toMatchObject([
    { month: '2025-12', orders: 1, spend: { amount: 10_000 } },
    { month: '2026-02', orders: 2, accounts: 2 },
  ]);
  expect(typical.kinds[0]).toMatchObject({ kind: 'personal', typical: { accounts: 2, cannotTell: true } });
});

test('says that nothing was counted yet, and nothing without the scope', async () => {
  const { read } = await openApi();
  expect(await read('/numbers/rfm', 'customers:read')).toMatchObject({ status: 404 });
  expect(await read('/numbers/rfm', 'orders:read')).toMatchObject({ status: 403 });
});

test('tells who moved between levels as numbers, with the months before', async () => {
  const { read } = await openApi();
  const { json } = await read('/levels/movements?month=2026-02', 'customers:read');
  expect(json).toMatchObject({
    ...{ month: '2026-02', until: '2026-02-28', before: { first: 1 }, counts: { first: 1, repeat: 1 } },
  });
  expect(json.moves).toContainEqual({ from: 'first', to: 'repeat', accounts: 1 });
  expect(json.months).toHaveLength(13);
  expect(json.months.at(-1)).toMatchObject({ month: '2026-02', counts: { first: 1, repeat: 1 } });
});
