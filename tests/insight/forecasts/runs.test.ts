import { describe, expect, test } from 'vitest';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { getForecast } from '../../../functions/insight/forecasts/get-forecast.ts';
import { isForecastDue, requestForecasts } from '../../../functions/insight/forecasts/runs/begin-run.ts';
import { workOnForecasts } from '../../../functions/insight/forecasts/runs/work-on-forecasts.ts';
import { DAY_MS, openShop, type Shop } from '../../support/shop.ts';
import { makeForecasts, newestRun, openYoungShop, today } from './young-shop.ts';

async function rows({ ctx }: Shop, sql: string) {
  return ctx.db.read({ sql, args: [] });
}

const forecastsOf = (shop: Shop) => rows(shop, 'SELECT * FROM account_forecasts ORDER BY account_id');

describe('the forecasts of a day', () => {
  test('are made of every account with an order, and look at the past as it would have been', async () => {
    const shop = await openYoungShop(120);
    expect(await isForecastDue(shop.ctx)).toBe(true);
    await makeForecasts(shop);
    expect(await newestRun(shop)).toMatchObject({ day: today, stage: 'done', accounts: 120 });
    expect(await forecastsOf(shop)).toHaveLength(120);
    expect(await isForecastDue(shop.ctx)).toBe(false);
    const recorded = await rows(shop, 'SELECT months, asked_on, is_kept FROM forecast_records ORDER BY 1, 2');
    expect(recorded).toEqual([
      [1n, '2025-09-01', 0n],
      [1n, '2025-12-01', 0n],
      [1n, '2026-01-01', 0n],
      [3n, '2025-09-01', 0n],
    ]);
  });

  test('stand for lists as one account is told', async () => {
    const shop = await openYoungShop(120);
    await makeForecasts(shop);
    const [row] = await rows(
      shop,
      `SELECT w.account_id, w.alive_permille, w.orders_90_milli, w.spend_day_minor FROM account_forecasts AS w
       JOIN account_facts AS f USING (account_id) WHERE f.purchase_days > 3 LIMIT 1`,
    );
    const [id, alive, orders, each] = row ?? [];
    const told = await getForecast(shop.ctx, { accountId: String(id) });
    const quarter = told.ahead.find(({ days }) => days === 90);
    expect(told).toMatchObject({ asOf: today, cannotTell: null });
    expect(Math.round((told.alive?.chance ?? 0) * 1000)).toBe(Number(alive));
    expect(Math.round((quarter?.orders?.expected ?? 0) * 1000)).toBe(Number(orders));
    const spend = Number(quarter?.spend?.expectedMinor) / ((quarter?.orders?.expected ?? 0) || 1);
    expect(Math.abs(spend - Number(each))).toBeLessThan(2);
    expect(Number(quarter?.spend?.lowMinor)).toBeLessThanOrEqual(Number(quarter?.spend?.expectedMinor));
    expect(told.next?.from.localeCompare(today)).toBe(1);
    expect(told.next?.until.localeCompare(told.next?.from ?? '')).toBe(1);
    expect(await getForecast(shop.ctx, { accountId: 'nobody' })).toMatchObject({
      ...{ cannotTell: 'no_orders', alive: null, ahead: [], next: null },
    });
  });

  test('know nothing of what is yet to come', async () => {
    const shop = await openYoungShop(40);
    const email = 'early@example.com';
    await shop.order({ email, placedAt: '2026-02-01T09:00:00Z' });
    await workFacts(shop.ctx);
    await makeForecasts(shop);
    const scored = async () =>
      rows(
        shop,
        `SELECT w.alive_permille, w.orders_90_milli, w.spend_day_minor, p.purchase_days, p.first_on, p.last_on
         FROM account_forecasts AS w JOIN forecast_promises AS p USING (account_id)
         WHERE account_id = (SELECT id FROM accounts WHERE owner_id = (SELECT id FROM customers WHERE email = '${email}'))`,
      );
    const before = await scored();
    expect(before).toMatchObject([
      [expect.any(BigInt), expect.anything(), expect.anything(), 1n, '2026-02-01', '2026-02-01'],
    ]);
    const { accountId } = await shop.order({ email, placedAt: '2026-03-10T09:00:00Z' });
    await shop.order({ email, placedAt: '2026-03-20T09:00:00Z', totals: [90_000] });
    await shop.order({ email: 'later@example.com', placedAt: '2026-03-20T09:00:00Z' });
    await workFacts(shop.ctx);
    const told = await getForecast(shop.ctx, { accountId });
    expect(told.known).toMatchObject({
      ...{
        purchaseDays: 1,
        firstOn: '2026-02-01',
        lastOn: '2026-02-01',
        daysSinceLast: 28,
        intervalDays: null,
      },
    });
    await shop.ctx.db.write([{ sql: 'DELETE FROM forecast_promises', args: [] }]);
    await requestForecasts(shop.ctx);
    await makeForecasts(shop);
    expect(await scored()).toEqual(before);
    expect((await newestRun(shop))?.accounts).toBe(41);
    expect(await rows(shop, "SELECT accounts, fitted FROM forecast_fits WHERE type = ''")).toEqual([
      [41n, 41n],
    ]);
  });

  test('come out the same in small turns, and anew on the next day', async () => {
    const [shop, other] = await Promise.all([openYoungShop(60), openYoungShop(60)]);
    await makeForecasts(shop);
    expect(await makeForecasts(other, 2)).toBeGreaterThan(3);
    const figures = (all: Awaited<ReturnType<typeof forecastsOf>>) => all.map(([, ...rest]) => rest).sort();
    const before = await forecastsOf(shop);
    expect(figures(await forecastsOf(other))).toEqual(figures(before));
    shop.clock.advance(DAY_MS);
    await makeForecasts(shop);
    const after = await forecastsOf(shop);
    expect(new Set(after.map(([, day]) => day))).toEqual(new Set(['2026-03-02']));
    const aliveOf = (all: typeof after) => all.reduce((sum, [, , alive]) => sum + Number(alive), 0);
    expect(aliveOf(after)).toBeLessThan(aliveOf(before));
  });
});

describe('a run', () => {
  test('is taken by one process at a time', async () => {
    const shop = await openYoungShop(40);
    const working = workOnForecasts({ ...shop.ctx, steps: { left: 2 } });
    await shop.ctx.db.read({ sql: 'SELECT 1', args: [] });
    await Promise.all([working, workOnForecasts(shop.ctx)]);
    expect(await newestRun(shop)).not.toBeNull();
    await makeForecasts(shop);
    expect(await forecastsOf(shop)).toHaveLength(40);
  });

  test('that a killed process had is taken over after two minutes', async () => {
    const shop = await openYoungShop(40);
    await workOnForecasts({ ...shop.ctx, steps: { left: 2 } });
    await shop.ctx.db.write([
      {
        sql: "UPDATE forecast_runs SET leased_by = 'killed', leased_until = ?",
        args: [shop.ctx.now() + 60_000],
      },
    ]);
    await workOnForecasts(shop.ctx);
    expect((await newestRun(shop))?.finishedAt).toBeNull();
    shop.clock.advance(61_000);
    await makeForecasts(shop);
    expect(await newestRun(shop)).toMatchObject({ stage: 'done', accounts: 40 });
  });

  test('is begun anew on request, whatever is under way', async () => {
    const shop = await openYoungShop(40);
    await makeForecasts(shop);
    await requestForecasts(shop.ctx);
    expect(await newestRun(shop)).toMatchObject({ stage: 'fit', accounts: 0, finishedAt: null });
    await makeForecasts(shop);
    expect(await forecastsOf(shop)).toHaveLength(40);
  });

  test('writes nothing more once the next day was begun', async () => {
    const shop = await openYoungShop(40);
    await workOnForecasts({ ...shop.ctx, steps: { left: 2 } });
    const { ctx } = shop;
    let isGivenUp = false;
    const giveUp: typeof ctx.db.write = async (statements) => {
      if (!isGivenUp && statements.some(({ sql }) => sql.includes('INSERT INTO account_forecasts'))) {
        isGivenUp = true;
        await requestForecasts({ ...ctx, now: () => ctx.now() + DAY_MS });
      }
      return ctx.db.write(statements);
    };
    await workOnForecasts({ ...ctx, db: { ...ctx.db, write: giveUp } });
    expect(isGivenUp).toBe(true);
    expect(await rows(shop, 'SELECT day, stage, step FROM forecast_runs')).toEqual([
      ['2026-03-02', 'fit', 0n],
    ]);
    expect(await forecastsOf(shop)).toEqual([]);
    expect(await rows(shop, 'SELECT * FROM forecast_promises')).toEqual([]);
  });

  test('tells nothing of a business with fewer than 30 accounts, and takes back what was told', async () => {
    const shop = await openYoungShop(29);
    await shop.ctx.db.write([
      {
        sql: "INSERT INTO account_forecasts (account_id, day, alive_permille) VALUES ('gone', '2026-02-01', 1)",
        args: [],
      },
    ]);
    await makeForecasts(shop);
    expect(await forecastsOf(shop)).toEqual([]);
    const [id] = (await rows(shop, 'SELECT account_id FROM account_facts WHERE purchase_days > 0'))[0] ?? [];
    expect(await getForecast(shop.ctx, { accountId: String(id) })).toMatchObject({
      cannotTell: 'few_accounts',
      known: { type: expect.any(String) },
      ahead: [],
    });
    await shop.order({ email: 'new@example.com', placedAt: '2026-03-01T09:00:00Z' });
  });

  test('waits until orders are counted', async () => {
    const shop = await openShop();
    expect(await isForecastDue(shop.ctx)).toBe(false);
  });
});
