import { expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import { getCustomer } from '../../../functions/desk/console/get-customer.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { getForecast, yearSpend } from '../../../functions/insight/forecasts/get-forecast.ts';
import type { Shop } from '../../support/shop.ts';
import { makeForecasts, openYoungShop } from './young-shop.ts';

/** A shop whose company buys for a department too, and one of whose people buys for herself. */
async function openCompany(): Promise<Shop & { companyId: string; ownId: string; customerId: string }> {
  const shop = await openYoungShop(60);
  const buy = (day: string, more: object = {}) =>
    shop.order({ email: 'c0@example.com', placedAt: `${day}T12:00:00Z`, totals: [5_000], ...more });
  const { accountId: companyId } = await buy('2025-12-01', { account: 'ACME' });
  for (const day of ['2025-11-02', '2025-12-07', '2026-01-11', '2026-02-15'])
    await buy(day, { account: 'ACME', department: 'Paris' });
  const { accountId: ownId, customerId } = await buy('2026-01-03');
  await workFacts(shop.ctx);
  await makeForecasts(shop);
  return { ...shop, companyId, ownId, customerId };
}

test('tells what each department will spend by its own days, and the same of no other account', async () => {
  const { ctx, companyId, ownId } = await openCompany();
  const told = await getForecast(ctx, { accountId: companyId });
  const whole = yearSpend(told)?.expectedMinor ?? 0n;
  const [itself, paris] = told.departments;
  expect(told.departments).toHaveLength(2);
  expect(itself?.id).toBe('');
  expect(itself?.spend?.expectedMinor).toBeGreaterThan(paris?.spend?.expectedMinor ?? 0n);
  expect(paris?.spend?.expectedMinor).toBeGreaterThan(0n);
  expect(paris?.spend?.expectedMinor).toBeLessThan(whole);
  expect((await getForecast(ctx, { accountId: ownId })).departments).toEqual([]);
});

test('is worked out once for a customer’s page, for each of their accounts', async () => {
  const { ctx, companyId, ownId, customerId } = await openCompany();
  const read: string[] = [];
  const db: Store = Object.create(ctx.db, {
    read: {
      value: (statement: { sql: string; args: [] }) => {
        read.push(statement.sql);
        return ctx.db.read(statement);
      },
    },
  });
  const actor = { kind: 'staff', id: 's1', role: 'agent' } as const;
  const asked = { customerId, accountId: ownId, ordersPage: 1, historyPage: 1 };
  const file = await getCustomer({ ...ctx, db, actor }, asked);
  expect(read.filter((sql) => /from "forecast_fits"/i.test(sql))).toHaveLength(1);
  const own = yearSpend(await getForecast(ctx, { accountId: ownId }));
  const company = yearSpend(await getForecast(ctx, { accountId: companyId }));
  expect(own).not.toBeNull();
  expect(yearSpend(file.forecast)).toEqual(own);
  expect(file.relationships.map(({ expected }) => expected)).toEqual([own, company]);
});
