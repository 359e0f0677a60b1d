import { describe, expect, test } from 'vitest';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { requestForecasts } from '../../../functions/insight/forecasts/runs/begin-run.ts';
import { recordEvent } from '../../../functions/money/orders/record-event.ts';
import { orderEventInput } from '../../../functions/money/orders/schema.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { makeForecasts, newestRun, openYoungShop, today } from './young-shop.ts';

async function rows({ ctx }: Shop, sql: string) {
  return ctx.db.read({ sql, args: [] });
}

describe('the record', () => {
  test('is of what was promised a month before, once that is over', async () => {
    const shop = await openYoungShop(60);
    await makeForecasts(shop);
    const promised = await rows(shop, 'SELECT DISTINCT asked_on FROM forecast_promises');
    expect(promised).toEqual([[today]]);
    shop.clock.advance(31 * DAY_MS);
    await makeForecasts(shop);
    const recorded = "SELECT is_kept FROM forecast_records WHERE months = 1 AND asked_on = '2026-03-01'";
    expect(await rows(shop, recorded)).toEqual([]);
    shop.clock.advance(DAY_MS);
    await makeForecasts(shop);
    expect(await rows(shop, recorded)).toEqual([[1n]]);
    const [kept] = await rows(
      shop,
      "SELECT accounts, json_extract(figures, '$.figures[0].actual') FROM forecast_records WHERE asked_on = '2026-03-01'",
    );
    expect(kept?.map(Number)).toEqual([60, 0]);
  });

  const judged = async (shop: Shop) => {
    shop.clock.advance(32 * DAY_MS);
    await makeForecasts(shop);
    const [row] = await rows(
      shop,
      `SELECT accounts, json_extract(figures, '$.merged'), json_extract(figures, '$.figures[0].actual')
       FROM forecast_records WHERE is_kept = 1 AND months = 1 AND asked_on = '2026-03-01'`,
    );
    return row?.map(Number);
  };

  const emailsOf = async (shop: Shop, count: number) => {
    const found = await rows(
      shop,
      `SELECT c.email FROM forecast_promises AS p JOIN accounts AS a ON a.id = p.account_id
       JOIN customers AS c ON c.id = a.owner_id ORDER BY p.account_id LIMIT ${count}`,
    );
    return found.map(([email]) => String(email));
  };

  test('holds those to it of whom nothing is left, and leaves out who was merged', async () => {
    const shop = await openYoungShop(60);
    await makeForecasts(shop);
    const [gone = '', survivor = '', merged = ''] = await emailsOf(shop, 3);
    const orders = await rows(
      shop,
      `SELECT o.source, o.number FROM orders AS o JOIN customers AS c ON c.id = o.customer_id WHERE c.email = '${gone}'`,
    );
    for (const [source, number] of orders)
      await recordEvent(shop.ctx, {
        ...{ source: String(source), number: String(number) },
        event: orderEventInput.parse({
          ...{ id: `away-${number}`, source: 'test', status: 'cancelled' },
          at: new Date(shop.clock.now()).toISOString(),
        }),
      });
    await mergeCustomers(shop.ctx, { survivor, merged, key: newId() });
    await shop.order({ email: survivor, placedAt: '2026-03-05T09:00:00Z' });
    await workFacts(shop.ctx);
    expect(await judged(shop)).toEqual([58, 2, 0]);
  });

  const askedThen = async (shop: Shop) => {
    await makeForecasts(shop);
    const found = await rows(
      shop,
      `SELECT accounts, json_extract(figures, '$.isImported') FROM forecast_records
       WHERE asked_on = '2026-01-01' AND months = 1`,
    );
    return found.map((row) => row.map(Number));
  };

  test('says of days before anything was recorded that it rests on an import', async () => {
    const shop = await openYoungShop(60);
    const [[accounts, isImported] = []] = await askedThen(shop);
    expect(isImported).toBe(1);
    expect(accounts).toBeGreaterThan(40);
  });

  test('knows of a day of the past what had been recorded by then, and no purchase that was imported since', async () => {
    const shop = await openYoungShop(60);
    const stand = 'UPDATE orders SET recorded_at = placed_at';
    await shop.ctx.db.write([{ sql: stand, args: [] }]);
    const [[accounts = 0, isImported] = []] = await askedThen(shop);
    expect(isImported).toBe(0);
    const late = await openYoungShop(60);
    const afterwards = `${stand} WHERE number NOT LIKE '1%'`;
    await late.ctx.db.write([{ sql: afterwards, args: [] }]);
    const [gone] = await rows(
      late,
      `SELECT count(DISTINCT root_id) FROM orders WHERE number LIKE '1%' AND placed_at < unixepoch('2026-01-02') * 1000`,
    );
    expect(Number(gone?.[0])).toBeGreaterThan(3);
    expect(await askedThen(late)).toEqual([[accounts - Number(gone?.[0]), 0]]);
  });

  test('is of no day on which nothing could have been told', async () => {
    const shop = await openShop(moneyBack);
    const old = ['2025-03-01', '2025-06-01', '2025-10-01'].map((day, at) => ({
      email: `old${at}@example.com`,
      day,
    }));
    const young = Array.from({ length: 30 }, (_, at) => ({
      email: `young${at}@example.com`,
      day: '2026-02-10',
    }));
    for (const { email, day } of [...old, ...young])
      await shop.order({ email, placedAt: `${day}T09:00:00Z` });
    await workFacts(shop.ctx);
    await makeForecasts(shop);
    expect(await newestRun(shop)).toMatchObject({ stage: 'done', accounts: 33 });
    expect(await rows(shop, 'SELECT * FROM forecast_records')).toEqual([]);
  });

  test('rests on whole promises alone, and on the fits that they were made by', async () => {
    const shop = await openYoungShop(40);
    await makeForecasts(shop);
    const promised = () => rows(shop, 'SELECT asked_on, count(*) FROM forecast_promises GROUP BY 1');
    await shop.order({ email: 'new@example.com', placedAt: '2026-02-20T09:00:00Z' });
    await workFacts(shop.ctx);
    await requestForecasts(shop.ctx);
    await makeForecasts(shop);
    expect(await promised()).toEqual([[today, 41n]]);
    await shop.ctx.db.write([
      {
        sql: "UPDATE forecast_runs SET stage = 'promise', finished_at = NULL, leased_until = NULL",
        args: [],
      },
      {
        sql: 'DELETE FROM forecast_promises WHERE account_id > (SELECT account_id FROM forecast_promises ORDER BY 1 LIMIT 1 OFFSET 9)',
        args: [],
      },
    ]);
    shop.clock.advance(DAY_MS);
    await makeForecasts(shop);
    expect(await promised()).toEqual([['2026-03-02', 41n]]);
  });
});
