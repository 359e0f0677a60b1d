import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  packDays,
  type Summary,
  summarise,
  summaryOf,
} from '../../../functions/insight/forecasts/known/summary.ts';
import { countModels } from '../../../functions/insight/forecasts/models/count-models.ts';
import {
  emptyCounts,
  meanOf,
  quantileOf,
  varianceOf,
} from '../../../functions/insight/forecasts/models/counts.ts';
import { bgNbd, mbgNbd } from '../../../functions/insight/forecasts/models/geometric-dropout.ts';
import { paretoNbd } from '../../../functions/insight/forecasts/models/pareto-nbd.ts';
import {
  hypergeometric,
  incompleteBeta,
  logGamma,
} from '../../../functions/insight/forecasts/models/special-functions.ts';

const bgPaper = [0.243, 4.414, 0.793, 2.426];
const paretoPaper = [0.553, 10.578, 0.606, 11.669];
/** The customer of the papers' examples. */
const customer = { x: 2, tx: 30.43, T: 38.86 };

test.each([
  { x: 1e-3, expected: 6.907178885383853 },
  { x: 0.5, expected: Math.log(Math.PI) / 2 },
  { x: 1, expected: 0 },
  { x: 10, expected: Math.log(362_880) },
  { x: 171, expected: 706.5730622457874 },
])('ln Γ($x)', ({ x, expected }) => {
  expect(logGamma(x)).toBeCloseTo(expected, 11);
});

test.each([
  { b: 1, c: 2, z: 0, expected: 1 },
  { b: 1, c: 2, z: 0.5, expected: 2 * Math.LN2 },
  { b: 1, c: 2, z: 0.999, expected: -Math.log(0.001) / 0.999 },
  { b: 3.5, c: 3.5, z: 0.8, expected: 5 },
  { b: 0.5, c: 1.5, z: 0.25, expected: Math.log(3) },
])('2F1(1, $b; $c; $z)', ({ b, c, z, expected }) => {
  expect(hypergeometric(b, c, z)).toBeCloseTo(expected, 11);
});

test.each([
  { z: 0.5, a: 2, b: 2, expected: 0.5 },
  { z: 0.25, a: 2, b: 3, expected: 0.26171875 },
  { z: 0.9, a: 0.5, b: 0.5, expected: (2 / Math.PI) * Math.asin(Math.sqrt(0.9)) },
  { z: 1, a: 3, b: 4, expected: 1 },
])('the chance that Beta($a, $b) is below $z', ({ z, a, b, expected }) => {
  expect(incompleteBeta(z, a, b)).toBeCloseTo(expected, 11);
});

describe('one customer', () => {
  test('is expected to buy 1.226 times in 39 weeks, as in the example of BG/NBD', () => {
    const counts = emptyCounts();
    bgNbd.countChances(counts, customer, bgPaper, 39);
    expect(meanOf(counts)).toBeCloseTo(1.226, 3);
  });

  test('is alive for sure under BG/NBD after a first purchase alone, and not under MBG/NBD', () => {
    const once = { x: 0, tx: 0, T: 38.86 };
    expect(bgNbd.aliveChance(once, bgPaper)).toBe(1);
    expect(mbgNbd.aliveChance(once, bgPaper)).toBeLessThan(1);
  });

  /** Fader and Hardie (2005), equation 41. */
  test('is expected to buy as the closed form of Pareto/NBD says', () => {
    const [r = 0, alpha = 0, s = 0, beta = 0] = paretoPaper;
    const { x, T } = customer;
    const rate = (r + x) / (alpha + T);
    const lived = ((beta + T) / (s - 1)) * (1 - ((beta + T) / (beta + T + 39)) ** (s - 1));
    const counts = emptyCounts();
    paretoNbd.countChances(counts, customer, paretoPaper, 39);
    expect(meanOf(counts)).toBeCloseTo(paretoNbd.aliveChance(customer, paretoPaper) * rate * lived, 8);
  });

  /** Fader, Hardie and Lee (2005), equation 10, with the series of 2F1. */
  test('is expected to buy as the closed form of BG/NBD says', () => {
    const [r = 0, alpha = 0, a = 0, b = 0] = bgPaper;
    const { x, T } = customer;
    const z = 39 / (alpha + T + 39);
    let [term, series] = [1, 1];
    for (let n = 0; n < 500; n += 1) {
      term *= (((r + x + n) * (b + x + n)) / ((a + b + x - 1 + n) * (n + 1))) * z;
      series += term;
    }
    const living = 1 - ((alpha + T) / (alpha + T + 39)) ** (r + x) * series;
    const counts = emptyCounts();
    bgNbd.countChances(counts, customer, bgPaper, 39);
    const expected = ((a + b + x - 1) / (a - 1)) * living * bgNbd.aliveChance(customer, bgPaper);
    expect(meanOf(counts)).toBeCloseTo(expected, 8);
  });

  test('is forecast with more purchase days than numbers near zero can hold', () => {
    const counts = emptyCounts();
    bgNbd.countChances(counts, { x: 1_500, tx: 200, T: 200 }, [1, 1, 0.01, 100], 200);
    expect(meanOf(counts)).toBeGreaterThan(1_300);
    expect(quantileOf(counts, 0.9)).toBeGreaterThan(1_400);
  });
});

const values = fc.record({
  r: fc.double({ min: 0.05, max: 5, noNaN: true }),
  alpha: fc.double({ min: 1, max: 60, noNaN: true }),
  third: fc.double({ min: 0.05, max: 5, noNaN: true }),
  fourth: fc.double({ min: 1, max: 60, noNaN: true }),
});
const summaries = fc
  .record({
    T: fc.integer({ min: 1, max: 1_000 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    x: fc.nat(40),
  })
  .map(({ T, part, x }): Summary => ({ x: Math.min(x, T), tx: x === 0 ? 0 : (T * part) / 7, T: T / 7 }));
const cases = fc.record({ values, summary: summaries, weeks: fc.integer({ min: 1, max: 104 }) });

describe.each(countModels)('$name', (model) => {
  const each = (check: (given: { numbers: number[]; summary: Summary; weeks: number }) => void) =>
    fc.assert(
      fc.property(cases, ({ values: { r, alpha, third, fourth }, summary, weeks }) => {
        check({ numbers: [r, alpha, third, fourth], summary, weeks });
      }),
    );

  test('gives chances that add up to 1, none of them negative', () => {
    const counts = emptyCounts();
    each(({ numbers, summary, weeks }) => {
      model.countChances(counts, summary, numbers, weeks);
      const chances = counts.chances.subarray(0, counts.cells);
      expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
      expect(chances.every((chance) => chance >= -1e-12)).toBe(true);
      expect(varianceOf(counts)).toBeGreaterThanOrEqual(-1e-9);
    });
  });

  test('gives the same chance of none by both ways', () => {
    const counts = emptyCounts();
    each(({ numbers, summary, weeks }) => {
      model.countChances(counts, summary, numbers, weeks);
      expect(model.noneChance(summary, numbers, weeks)).toBeCloseTo(counts.chances[0] ?? 0, 3);
    });
  });

  test('expects more of a longer horizon, and a chance of being alive that falls with silence', () => {
    const counts = emptyCounts();
    each(({ numbers, summary, weeks }) => {
      model.countChances(counts, summary, numbers, weeks);
      const expected = meanOf(counts);
      model.countChances(counts, summary, numbers, weeks + 4);
      expect(meanOf(counts)).toBeGreaterThanOrEqual(expected - 1e-6);
      const alive = model.aliveChance(summary, numbers);
      expect(alive).toBeGreaterThan(0);
      expect(alive).toBeLessThanOrEqual(1);
      const silent = { ...summary, T: summary.T + 10 };
      expect(model.aliveChance(silent, numbers)).toBeLessThanOrEqual(alive + 1e-12);
    });
  });

  test('has the likelihood of groups that its accounts have one by one', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(days, { minLength: 1, maxLength: 30 }),
        values,
        (lists, { r, alpha, third, fourth }) => {
          const sorted = lists.map((list) => list.toSorted((a, b) => a - b));
          const numbers = [r, alpha, third, fourth];
          const together = model.logLikelihood(summarise(packDays(sorted), 70), numbers);
          const alone = sorted.map((list) => model.logLikelihood(summarise(packDays([list]), 70), numbers));
          expect(together).toBeCloseTo(
            alone.reduce((sum, log) => sum + log, 0),
            7,
          );
        },
      ),
    );
  });

  test('has a likelihood of silence that is its chance of none for a new account', () => {
    each(({ numbers, weeks }) => {
      const fresh = { x: 0, tx: 0, T: 0 };
      const groups = summarise(packDays([[0]]), weeks * 7);
      expect(summaryOf(groups, 0)).toEqual({ ...fresh, T: weeks });
      expect(Math.exp(model.logLikelihood(groups, numbers))).toBeCloseTo(
        model.noneChance(fresh, numbers, weeks),
        9,
      );
    });
  });
});
