import { describe, expect, test } from 'vitest';
import { mulberry32 } from '../../../functions/ground/platform/mulberry.ts';
import {
  finishFitting,
  fitTarget,
  goOnFitting,
  startFitting,
} from '../../../functions/insight/forecasts/fits/fit.ts';
import { countTarget, fitCounts } from '../../../functions/insight/forecasts/fits/fit-counts.ts';
import { areFitted, fitAll, goOnFits, planFits } from '../../../functions/insight/forecasts/fits/fit-plan.ts';
import { readProgress, writeProgress } from '../../../functions/insight/forecasts/kept/progress.ts';
import { type KnownAccounts, summariseType } from '../../../functions/insight/forecasts/known/accounts.ts';
import {
  countBetween,
  NO_GROUP,
  packDays,
  summarise,
  summaryOf,
} from '../../../functions/insight/forecasts/known/summary.ts';
import { countModels } from '../../../functions/insight/forecasts/models/count-models.ts';
import { emptyCounts, mixWithNone } from '../../../functions/insight/forecasts/models/counts.ts';
import { expectedSpend, spendQuantile } from '../../../functions/insight/forecasts/models/gamma-gamma.ts';
import { logPriorAround } from '../../../functions/insight/forecasts/models/priors.ts';
import { baselinesOf } from '../../../functions/insight/forecasts/record/baselines.ts';
import {
  type ForecastRecord,
  type Outcomes,
  plainOutcomes,
  recordOf,
} from '../../../functions/insight/forecasts/record/record.ts';
import { cannotTell } from '../../../functions/insight/forecasts/served/cannot-tell.ts';
import { bestCandidate, type Candidate, pastOf } from '../../../functions/insight/forecasts/served/choose.ts';
import { finishFits, fitBusiness, forecast } from '../../../functions/insight/forecasts/served/forecast.ts';
import {
  aliveRange,
  emptyForecasts,
  forecastGroups,
  nextPurchaseWeeks,
} from '../../../functions/insight/forecasts/served/outlook.ts';
import { poolWeights } from '../../../functions/insight/forecasts/served/pool.ts';

describe('what is known of an account', () => {
  const purchases = packDays([[0, 14, 35], [7], [0, 14, 35, 80], [60]]);

  test('is repeat purchase days, and weeks to the last of them and to today', () => {
    const groups = summarise(purchases, 49);
    expect(summaryOf(groups, groups.groupOf[0] ?? 0)).toEqual({ x: 2, tx: 5, T: 7 });
    expect(summaryOf(groups, groups.groupOf[1] ?? 0)).toEqual({ x: 0, tx: 0, T: 6 });
  });

  test('puts accounts together that look alike until that day, and leaves out who is yet to come', () => {
    const groups = summarise(purchases, 49);
    expect(groups.groupOf[2]).toBe(groups.groupOf[0]);
    expect([...groups.weight]).toEqual([2, 1]);
    expect(groups.groupOf[3]).toBe(NO_GROUP);
  });

  test('counts what came later, the last day included', () => {
    expect([...countBetween(purchases, 14, 80)]).toEqual([1, 0, 2, 1]);
  });
});

/** Purchase days of so many made-up accounts: some stop after each day, the others buy at rates of their own. */
function aBusiness(accounts: number, seed = 1) {
  const next = mulberry32(seed);
  const uniform = () => (next() + 0.5) / 2 ** 32;
  return packDays(
    Array.from({ length: accounts }, () => {
      const rate = 0.05 * -Math.log(uniform());
      const days = [Math.floor(uniform() * 90)];
      while (uniform() > 0.25) {
        const day = (days.at(-1) ?? 0) + Math.ceil((-7 * Math.log(uniform())) / rate);
        if (day > 365) break;
        days.push(day);
      }
      return days;
    }),
  );
}

describe('a fit', () => {
  const groups = summarise(aBusiness(400), 365);

  test.each(countModels)('of $name comes out the same in slices, put away in between', (model) => {
    const target = countTarget(model, groups, 'map');
    let fitting = startFitting(target);
    for (let slice = 0; slice < 500 && fitting.stage !== 'done'; slice += 1)
      fitting = JSON.parse(JSON.stringify(goOnFitting(target, fitting, 7)));
    expect(fitting.stage).toBe('done');
    expect(finishFitting(target, fitting)).toEqual(fitTarget(target));
  });

  test.each([
    { name: 'nobody came back', lists: Array.from({ length: 30 }, () => [0]) },
    { name: 'all came back every week', lists: Array.from({ length: 30 }, () => [0, 7, 14, 21, 28]) },
    { name: 'one account', lists: [[0, 3]] },
  ])('stays within bounds where $name', ({ lists }) => {
    const few = summarise(packDays(lists), 365);
    for (const model of countModels) {
      const { values, hasConverged, isAtLimit, spread } = fitCounts(model, few, 'map');
      expect([model.name, hasConverged, isAtLimit]).toEqual([model.name, true, false]);
      expect(values.every((value) => value > 1e-4 && value < 1e5)).toBe(true);
      expect(spread.flat().every(Number.isFinite)).toBe(true);
    }
  });

  test('says when what was seen sets no bound', () => {
    const few = summarise(packDays(Array.from({ length: 30 }, () => [0])), 365);
    expect(countModels.map((model) => fitCounts(model, few, 'mle')).some(({ isAtLimit }) => isAtLimit)).toBe(
      true,
    );
  });

  test('of a part stays near to the whole', () => {
    const [, bgNbd = expect.fail('no model')] = countModels;
    const center = [0.3, 4, 0.8, 2.5];
    const free = countTarget(bgNbd, summarise(aBusiness(20, 7), 365), 'mle');
    const pulled = {
      ...free,
      logDensity: (values: readonly number[]) => free.logDensity(values) + logPriorAround(center, values),
    };
    const distance = (values: readonly number[]) => -logPriorAround(center, values);
    expect(distance(fitTarget(pulled).values)).toBeLessThan(distance(fitTarget(free).values));
  });
});

describe('all fits of a business', () => {
  const purchases = aBusiness(150);
  const known: KnownAccounts = {
    purchases,
    spent: Float64Array.from(purchases.days, (day) => 10 + (day % 7)),
    types: Array.from({ length: 150 }, (_, account) => (account % 4 === 0 ? 'company' : 'personal')),
  };
  const past = pastOf(purchases, { until: 365, weeks: 26 });
  const tasks = planFits(known, past, { until: 365 });
  const done = fitAll(tasks);

  test('come out the same in slices, put away in between', () => {
    let progress = readProgress('');
    for (let slice = 0; slice < 2_000 && !areFitted(tasks, progress); slice += 1)
      progress = readProgress(writeProgress(goOnFits(tasks, progress, 3_000)));
    expect(progress).toEqual({ done, current: null });
  });

  test('are those of each model to all, to kinds with at least 30 accounts, and to the past', () => {
    const keys = tasks.map(({ key }) => key);
    expect(keys.slice(0, 4)).toEqual(['nbd', 'bg-nbd', 'mbg-nbd', 'pareto-nbd']);
    expect(keys.filter((key) => key.startsWith('company'))).toHaveLength(4);
    expect(keys.filter((key) => key.startsWith('household'))).toEqual([]);
    expect(keys).toHaveLength(4 + 8 + 12 + 1);
    const few = { ...known, types: known.types.map((type, account) => (account < 116 ? type : 'personal')) };
    expect(planFits(few, past, { until: 365 })).toHaveLength(4 + 4 + 12 + 1);
    expect(finishFits(tasks, past, done).outlooks.map(({ type }) => type)).toEqual(['personal', 'company']);
  });

  test('keep a kind near to the whole', () => {
    const free = fitCounts(bgNbdOf(countModels), summariseType(known, 'company', 365), 'map').values;
    const center = done['bg-nbd']?.values ?? [];
    const distance = (values: readonly number[]) => -logPriorAround(center, values);
    expect(distance(done['company bg-nbd']?.values ?? [])).toBeLessThan(distance(free));
  });
});

const bgNbdOf = (models: typeof countModels) =>
  models.find(({ name }) => name === 'bg-nbd') ?? expect.fail('there is no such model');

describe('a forecast', () => {
  const purchases = aBusiness(600);
  const question = { until: 250, weeks: 16 };
  const all = forecast(purchases, question);

  test('comes out the same in slices', () => {
    const fitted = fitBusiness(purchases, question);
    const known = { groups: summarise(purchases, question.until), outlook: fitted.outlook };
    const sliced = emptyForecasts(known.groups, known.outlook, question.weeks);
    for (let from = 0; from < all.groups.x.length; from += 50)
      forecastGroups(sliced, known, { from, until: from + 50 });
    expect(sliced).toEqual(all.forecasts);
  });

  test('expects of all accounts together what it expects of each', () => {
    const sum = all.forecasts.expected.reduce(
      (so, each, group) => so + each * (all.groups.weight[group] ?? 0),
      0,
    );
    expect(all.total.expected).toBeCloseTo(sum, 5);
  });

  test('tells a range around the chance of being alive and the next purchase', () => {
    const summary = summaryOf(all.groups, 0);
    const { chance, low, high } = aliveRange(all.outlook, summary);
    expect(low).toBeLessThanOrEqual(chance);
    expect(high).toBeGreaterThanOrEqual(chance);
    const regular = { x: 20, tx: 30, T: 30 };
    const [soon, late] = [0.1, 0.5].map((level) => nextPurchaseWeeks(all.outlook, regular, level));
    expect(soon).toBeLessThan(late ?? 0);
    expect(nextPurchaseWeeks(all.outlook, { x: 5, tx: 1, T: 50 }, 0.9)).toBeNull();
  });

  test.each([
    { accounts: 29, historyDays: 90, high: 110, expected: 'few_accounts' },
    { accounts: 30, historyDays: 89, high: 110, expected: 'short_history' },
    { accounts: 30, historyDays: 90, high: 151, expected: 'wide_interval' },
    { accounts: 30, historyDays: 90, high: 150, expected: null },
  ])(
    'of $accounts accounts over $historyDays days, up to $high: $expected',
    ({ expected, high, ...known }) => {
      expect(cannotTell({ ...known, total: { expected: 100, low: 50, high } })).toBe(expected);
    },
  );
});

describe('what serves', () => {
  const record = (parts: Partial<ForecastRecord>): ForecastRecord => ({
    ...{ accounts: 2_000, rmse: 1, mae: 1, total: 1, actual: 1, bias: 0, logLoss: 1, coverage80: 0.8 },
    ...parts,
  });
  const candidate = (name: Candidate['name'], parts: Partial<ForecastRecord>): Candidate => ({
    name,
    parts: [],
    past: [record(parts)],
  });

  test.each([
    { name: 'the better chances', pool: { logLoss: 0.9 }, expected: 'pool' },
    { name: 'the other, of an error above 2 % more', pool: { logLoss: 0.9, rmse: 1.03 }, expected: 'bg-nbd' },
    {
      name: 'the other, of a coverage below 70 %',
      pool: { logLoss: 0.9, coverage80: 0.69 },
      expected: 'bg-nbd',
    },
    { name: 'the pool, of few accounts', pool: { logLoss: 2, accounts: 999 }, expected: 'pool' },
  ])('is $name', ({ pool, expected }) => {
    const others = pool.accounts === undefined ? {} : { accounts: pool.accounts };
    expect(bestCandidate([candidate('bg-nbd', others), candidate('pool', pool)])?.name).toBe(expected);
  });

  test('weighs models by the chances they gave', () => {
    const outcomes = (chances: number[]): Outcomes => {
      const at = Float64Array.from(chances);
      return { at, below: at, expected: at, actual: at };
    };
    const [good = 0, bad = 0] = poolWeights([outcomes(Array(500).fill(0.6)), outcomes(Array(500).fill(0.3))]);
    expect(good + bad).toBeCloseTo(1, 10);
    expect(good).toBeGreaterThan(0.95);
    expect(poolWeights([outcomes([0.6]), outcomes([0.3])])[0]).toBeLessThan(0.55);
  });
});

describe('a record', () => {
  test('says error, bias, chances and coverage', () => {
    const actual = Float64Array.from([0, 2]);
    const outcomes = {
      actual,
      expected: Float64Array.from([1, 2]),
      below: Float64Array.from([0.5, 0.95]),
      at: Float64Array.from([0.25, 0.05]),
    };
    const told = recordOf(outcomes);
    expect(told).toMatchObject({ accounts: 2, mae: 0.5, total: 3, actual: 2, bias: 0.5, coverage80: 0.5 });
    expect(told.rmse).toBeCloseTo(Math.SQRT1_2, 12);
    expect(told.logLoss).toBeCloseTo(-(Math.log(0.25) + Math.log(0.05)) / 2, 12);
  });

  test('of a plain baseline knows no chances', () => {
    const purchases = packDays([[0, 7, 21, 35], [0], [30]]);
    const groups = summarise(purchases, 28);
    const actual = countBetween(purchases, 28, 56);
    const told = baselinesOf(purchases, { until: 28, weeks: 3 }).map(({ name, forecast: numbers }) => {
      const { accounts, total, actual: sum, coverage80 } = recordOf(plainOutcomes(groups, actual, numbers));
      return [name, accounts, total, sum, coverage80];
    });
    expect(told).toEqual([
      ['x-again', 2, 1, 1, null],
      ['last-interval', 2, 1.5, 1, null],
      ['mean-interval', 2, 2, 1, null],
      ['always-zero', 2, 0, 1, null],
    ]);
  });
});

describe('spend', () => {
  const dollars = [6.25, 3.74, 15.44];

  test.each([
    { name: 'of all', spent: { x: 0, sum: 0 }, expected: 35.22 },
    { name: 'of who spent 22.35 twice', spent: { x: 2, sum: 44.7 }, expected: 24.66 },
  ])('on a purchase day $name', ({ spent, expected }) => {
    expect(expectedSpend(spent, dollars)).toBeCloseTo(expected, 2);
  });

  test('has no mean where q is too small and nothing was spent again', () => {
    expect(expectedSpend({ x: 0, sum: 0 }, [6, 0.9, 15])).toBeNull();
  });

  /** With p = 1 a single purchase day's spend is of the Lomax distribution, whose quantiles are plain. */
  test.each([0.1, 0.5, 0.9])(
    'of one purchase day for sure has the quantile %d of its distribution',
    (level) => {
      const counts = emptyCounts();
      counts.chances.set([0, 1]);
      counts.cells = 2;
      const expected = 60 * ((1 - level) ** (-1 / 5) - 1);
      expect(spendQuantile({ x: 2, sum: 40 }, [1, 3, 20], counts, level)).toBeCloseTo(expected, 3);
    },
  );

  test('stays below its quantile as often as that says', () => {
    const counts = emptyCounts();
    counts.chances.set([0, 0.5, 0.5]);
    counts.cells = 3;
    const spent = { x: 2, sum: 44.7 };
    const [low, middle, high] = [0.1, 0.5, 0.9].map((level) => spendQuantile(spent, dollars, counts, level));
    expect(low).toBeLessThan(middle ?? 0);
    expect(middle).toBeLessThan(high ?? 0);
    mixWithNone(counts, 0.5);
    expect(spendQuantile(spent, dollars, counts, 0.5)).toBe(0);
    expect(spendQuantile(spent, dollars, counts, 0.75)).toBeCloseTo(middle ?? 0, 3);
  });
});
