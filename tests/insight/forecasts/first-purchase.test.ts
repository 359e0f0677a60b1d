import { expect, test } from 'vitest';
import { mulberry32 } from '../../../functions/ground/platform/mulberry.ts';
import { packDays } from '../../../functions/insight/forecasts/known/summary.ts';
import { tryCovariates } from '../../../functions/insight/forecasts/record/first-purchase.ts';

const of = { until: 110, holdoutUntil: 400, method: 'map' } as const;

/** Accounts that first bought in the first 100 days; those with a large first basket buy `times` as often. */
function madeUp(times: number) {
  const next = mulberry32(3);
  const uniform = () => (next() + 0.5) / 2 ** 32;
  const spent: number[] = [];
  const lists = Array.from({ length: 900 }, (_, account) => {
    const isLarge = account % 3 === 0;
    const days = [Math.floor(uniform() * 100)];
    spent.push(isLarge ? 90 : account % 3 === 1 ? 10 : 30);
    const mean = 60 / (0.2 - Math.log(uniform())) / (isLarge ? times : 1);
    for (let day = (days[0] ?? 0) + 1; uniform() > 0.1; ) {
      day += Math.ceil(-Math.log(uniform()) * mean);
      if (day > of.holdoutUntil) break;
      days.push(day);
      spent.push(20);
    }
    return days;
  });
  return { purchases: packDays(lists), spent: Float64Array.from(spent), types: [] };
}

test('finds that accounts with a large first basket buy more often, and forecasts the better for it', () => {
  const basket = tryCovariates(madeUp(4), of).find(({ name }) => name === 'first-basket');
  const [small = 0, , large = 0] = basket?.factors ?? [];
  expect(large / small).toBeGreaterThan(2);
  expect(basket?.with.logLoss).toBeLessThan(basket?.without.logLoss ?? 0);
  expect(basket?.with.accounts).toBe(900);
});

test('finds nothing where a first basket tells nothing', () => {
  const basket = tryCovariates(madeUp(1), of).find(({ name }) => name === 'first-basket');
  const [small = 0, , large = 0] = basket?.factors ?? [];
  expect(large / small).toBeGreaterThan(0.7);
  expect(large / small).toBeLessThan(1.5);
});

test('tries no basket where spend is not known, and no season where all came in one', () => {
  expect(
    tryCovariates({ ...madeUp(4), spent: new Float64Array() }, of).map(({ name }) => name),
  ).not.toContain('first-basket');
  const early = packDays(Array.from({ length: 90 }, (_, at) => [at % 60, 200 + at]));
  expect(tryCovariates({ purchases: early, spent: new Float64Array(), types: [] }, of)).toEqual([]);
});
