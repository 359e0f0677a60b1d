import { expect, test } from 'vitest';
import { evaluateBusiness } from '../../../functions/insight/forecasts/evaluate-business.ts';
import { getCustomerForecast } from '../../../functions/insight/forecasts/get-customer-forecast.ts';
import { findCustomers } from '../../../functions/people/customers/find-customers.ts';
import { makeForecasts, openYoungShop } from './young-shop.ts';

const days = { calibrationUntil: '2025-10-31', holdoutUntil: '2026-02-28' };

test('tries each model on days of the past, beside plain baselines', async () => {
  const shop = await openYoungShop(60);
  const all = await evaluateBusiness(shop.ctx, { ...days, emails: null, method: 'map' });
  expect(all.horizonWeeks).toBeCloseTo(120 / 7, 10);
  expect(all.models.map(({ name, parameters }) => [name, ...Object.keys(parameters)])).toEqual([
    ['nbd', 'r', 'alpha'],
    ['bg-nbd', 'r', 'alpha', 'a', 'b'],
    ['mbg-nbd', 'r', 'alpha', 'a', 'b'],
    ['pareto-nbd', 'r', 'alpha', 's', 'beta'],
    ['pool', 'nbd', 'bg-nbd', 'mbg-nbd', 'pareto-nbd'],
    ['gamma-gamma', 'p', 'q', 'v'],
  ]);
  const [nbd] = all.models;
  const spend = all.models.find(({ name }) => name === 'gamma-gamma');
  expect(all.baselines.map(({ holdout }) => holdout.actual)).toEqual(Array(4).fill(nbd?.holdout.actual));
  expect(spend?.holdout.actual).toBeGreaterThanOrEqual(20 * (nbd?.holdout.actual ?? 0));
  expect(spend?.holdout.coverage80).toBeGreaterThan(0.6);
  const emails = ['c1@example.com', 'c2@example.com', 'nobody@example.com'];
  const some = await evaluateBusiness(shop.ctx, { ...days, emails, method: 'mle' });
  expect(some.customers).toBeLessThanOrEqual(2);
});

test('refuses days before anybody bought, and a holdout that ends before it begins', async () => {
  const shop = await openYoungShop(3);
  const question = { emails: null, method: 'map' } as const;
  const early = { calibrationUntil: '2020-01-01', holdoutUntil: '2026-02-28' };
  await expect(evaluateBusiness(shop.ctx, { ...question, ...early })).rejects.toThrow('None of them');
  const turned = { calibrationUntil: '2026-02-28', holdoutUntil: '2026-02-28' };
  await expect(evaluateBusiness(shop.ctx, { ...question, ...turned })).rejects.toThrow('has to end after');
});

test('answers a customer by their account, in money of the business', async () => {
  const shop = await openYoungShop(40);
  await makeForecasts(shop);
  const { items } = await findCustomers(shop.ctx, { email: 'c1@example.com' });
  const told = await getCustomerForecast(shop.ctx, { customerId: items[0]?.id ?? '' });
  expect(told).toMatchObject({
    asOf: '2026-03-01',
    cannotTell: null,
    known: { purchaseDays: expect.any(Number) },
  });
  expect(told.ahead.map(({ days: ahead }) => ahead)).toEqual([30, 90, 365]);
  await expect(getCustomerForecast(shop.ctx, { customerId: 'nobody' })).rejects.toThrow('no such customer');
});
