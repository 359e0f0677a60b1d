import { describe, expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { dayNumber } from '../../../functions/ground/platform/calendar.ts';
import { mulberry32 } from '../../../functions/ground/platform/mulberry.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { fitAll, planFits } from '../../../functions/insight/forecasts/fits/fit-plan.ts';
import { getForecast } from '../../../functions/insight/forecasts/get-forecast.ts';
import { getForecastRecord } from '../../../functions/insight/forecasts/get-record.ts';
import {
  type CovariateName,
  classCount,
  classesOf,
  classOf,
  type FirstPurchase,
} from '../../../functions/insight/forecasts/known/first-purchase.ts';
import { packDays } from '../../../functions/insight/forecasts/known/summary.ts';
import { workOnForecasts } from '../../../functions/insight/forecasts/runs/work-on-forecasts.ts';
import { openWorkbench } from '../../../functions/insight/forecasts/runs/workbench.ts';
import { pastOf } from '../../../functions/insight/forecasts/served/choose.ts';
import { finishFits } from '../../../functions/insight/forecasts/served/forecast.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { makeForecasts, openYoungShop, today } from './young-shop.ts';

const first = (day: string, spent: number, category: string | null): FirstPurchase => ({
  ...{ day: dayNumber(day), spent, category },
});
const many = (count: number, of: FirstPurchase) => Array.from({ length: count }, () => of);
const known = [
  ...many(30, first('2026-01-01', 10, 'Tea')),
  ...many(40, first('2026-04-01', 20, 'Cups')),
  ...many(20, first('2026-05-01', 25, 'Pots')),
  ...many(29, first('2026-12-31', 30, 'Coffee')),
  ...many(1, first('2026-09-30', 30, '')),
];

test.each<[CovariateName, FirstPurchase, number]>([
  ['first-season', first('2026-03-31', 0, null), 0],
  ['first-season', first('2026-04-01', 0, null), 1],
  ['first-season', first('2026-12-31', 0, null), 3],
  ['first-basket', first('2026-01-01', 19.99, null), 0],
  ['first-basket', first('2026-01-01', 20, null), 1],
  ['first-basket', first('2026-01-01', 24.99, null), 1],
  ['first-basket', first('2026-01-01', 25, null), 2],
  ['first-category', first('2026-01-01', 1, 'Cups'), 0],
  ['first-category', first('2026-01-01', 1, 'Tea'), 1],
  ['first-category', first('2026-01-01', 1, 'Coffee'), 2],
  ['first-category', first('2026-01-01', 1, ''), 2],
  ['first-category', first('2026-01-01', 1, null), 2],
])('by %s, %j is of class %i', (name, purchase, expected) => {
  const classes = classesOf(name, known);
  expect(classOf(classes, purchase)).toBe(expected);
  expect(expected).toBeLessThan(classCount(classes));
});

/** Accounts that buy about every so many days, a third of which with a large first basket; those buy `times` as often. */
function madeUp(accounts: number, times: number) {
  const next = mulberry32(5);
  const uniform = () => (next() + 0.5) / 2 ** 32;
  const spent: number[] = [];
  const lists = Array.from({ length: accounts }, (_, account) => {
    const days = [Math.floor(uniform() * 200)];
    spent.push(10 * (1 + (account % 3)));
    const mean = 50 / (0.2 - Math.log(uniform())) / (account % 3 === 2 ? times : 1);
    for (let day = days[0] ?? 0; uniform() > 0.1; ) {
      day += Math.ceil(-Math.log(uniform()) * mean);
      if (day > 400) break;
      days.push(day);
      spent.push(20);
    }
    return days;
  });
  return { purchases: packDays(lists), spent: Float64Array.from(spent), types: [] };
}

function judged(accounts: number, times: number, name: CovariateName = 'first-basket') {
  const known = madeUp(accounts, times);
  const question = { until: 400, weeks: 26 };
  const past = pastOf(known.purchases, question);
  const tasks = planFits({ ...known, spent: new Float64Array() }, past, question);
  return finishFits(tasks, past, fitAll(tasks), { name, known, until: 400 }).covariate;
}

describe('what is known of first purchases', () => {
  test('serves where forecasts of the past were better with it', { timeout: 60_000 }, () => {
    const covariate = judged(2_400, 5);
    const [small = 0, middle = 0, large = 0] = covariate?.factors ?? [];
    expect(large).toBeGreaterThan(1.5 * Math.max(small, middle));
    const sum = (records: readonly { logLoss: number | null }[] = []) =>
      records.reduce((all, { logLoss }) => all + (logLoss ?? 0), 0);
    expect(sum(covariate?.with)).toBeLessThan(sum(covariate?.without));
    expect(covariate?.serves).toBe(true);
  });

  test('does not serve few accounts, nor where there are no two classes', { timeout: 60_000 }, () => {
    expect(judged(300, 5)?.serves).toBe(false);
    expect(judged(300, 5, 'first-category')).toBeNull();
  });
});

const read = async (shop: Shop, sql: string) => shop.ctx.db.read({ sql, args: [] });

/** As if the record of a larger business had found that those of the second class buy twice as often. */
async function letServe(shop: Shop, classes: { name: CovariateName; cuts: number[]; categories: string[] }) {
  const covariate = JSON.stringify({ ...classes, factors: [1, 2], without: [], with: [], serves: true });
  await shop.ctx.db.write([
    statement("UPDATE forecast_fits SET covariate = ? WHERE type = ''", covariate),
    statement(
      "UPDATE forecast_runs SET stage = 'score', reached = '', accounts = 0, finished_at = NULL, leased_until = NULL",
    ),
    statement('DELETE FROM forecast_promises'),
  ]);
  await workOnForecasts(shop.ctx);
}

test('once it serves, lists, accounts and promises go by the class of the first purchase', async () => {
  const shop = await openYoungShop(60);
  await setPolicy(shop.ctx, 'forecastCovariate', 'first-basket');
  await makeForecasts(shop);
  const { kept, wanted } = await getForecastRecord(shop.ctx);
  expect([wanted, kept?.covariate]).toEqual(['first-basket', null]);
  const [company] = await read(shop, "SELECT id FROM accounts WHERE name = 'ACME'");
  const [person] = await read(shop, 'SELECT account_id FROM account_facts ORDER BY purchase_days LIMIT 1');
  const told = async (row: typeof company) => {
    const { ahead } = await getForecast(shop.ctx, { accountId: String(row?.[0]) });
    return ahead.find(({ days }) => days === 90)?.orders?.expected ?? 0;
  };
  const scored = async (row: typeof company) => {
    const sql = `SELECT orders_90_milli FROM account_forecasts WHERE account_id = '${String(row?.[0])}'`;
    return Number((await read(shop, sql))[0]?.[0]);
  };
  const before = [await told(company), await told(person)];
  await letServe(shop, { name: 'first-basket', cuts: [50], categories: [] });
  expect(await told(person)).toBe(before[1]);
  expect(await told(company)).not.toBe(before[0]);
  for (const account of [company, person])
    expect(Math.round((await told(account)) * 1000)).toBe(await scored(account));
  expect(
    await read(shop, 'SELECT place, count(*) FROM forecast_promises GROUP BY place ORDER BY place'),
  ).toEqual([
    [0n, 59n],
    [1n, 1n],
  ]);
});

test('the category of a first purchase is that of the most spend on its day', async () => {
  const shop = await openShop(moneyBack);
  const buy = (email: string, placedAt: string, ...lines: [string | undefined, number][]) =>
    shop.order({
      ...{ email, placedAt },
      lines: lines.map(([category, amount], at) => ({
        ...{ id: `${at}`, category, total: { amount, currency: 'EUR' } },
      })),
    });
  for (let at = 0; at < 40; at += 1) await buy(`c${at}@example.com`, '2025-06-01T12:00:00Z', ['Tea', 1_000]);
  const { accountId } = await buy(
    'ann@example.com',
    '2025-06-01T09:00:00Z',
    ['Tea', 3_000],
    [undefined, 500],
  );
  await buy('ann@example.com', '2025-06-01T22:30:00Z', ['Cups', 2_000], ['Cups', 1_500]);
  await buy('ann@example.com', '2025-06-02T12:00:00Z', ['Tea', 90_000]);
  await workFacts(shop.ctx);
  await makeForecasts(shop);
  const classes = { name: 'first-category' as const, cuts: [], categories: ['Tea'] };
  await letServe(shop, classes);
  expect(
    await read(shop, 'SELECT account_id FROM forecast_promises WHERE place = 1 ORDER BY account_id'),
  ).toEqual([[accountId]]);
  expect((await getForecast(shop.ctx, { accountId })).asOf).toBe(today);
});

test('where the first day was told late, the past goes by the one that was known', async () => {
  const shop = await openShop(moneyBack);
  await setPolicy(shop.ctx, 'forecastCovariate', 'first-category');
  const buy = (placedAt: string, category: string) =>
    shop.order({
      ...{ email: 'ann@example.com', placedAt },
      lines: [{ id: '1', category, total: { amount: 1_000, currency: 'EUR' } }],
    });
  await buy('2025-06-01T12:00:00Z', 'Tea');
  await buy('2025-08-01T12:00:00Z', 'Cups');
  const asKnownAtOnce =
    "UPDATE orders SET recorded_at = placed_at WHERE placed_at > unixepoch('2025-07-01') * 1000";
  await shop.ctx.db.write([statement(asKnownAtOnce)]);
  await workFacts(shop.ctx);
  const { knownOn } = await openWorkbench(shop.ctx);
  const [then, since] = [await knownOn('2026-01-01'), await knownOn('2026-03-02')];
  expect([then.known.firstCategories, since.known.firstCategories]).toEqual([['Cups'], ['Tea']]);
});
