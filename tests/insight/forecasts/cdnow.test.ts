import { beforeAll, describe, expect, test } from 'vitest';
import { fitTarget } from '../../../functions/insight/forecasts/fits/fit.ts';
import { type FittedModel, fitCounts } from '../../../functions/insight/forecasts/fits/fit-counts.ts';
import {
  countBetween,
  type Groups,
  packDays,
  summarise,
} from '../../../functions/insight/forecasts/known/summary.ts';
import { countModels } from '../../../functions/insight/forecasts/models/count-models.ts';
import { spendTarget } from '../../../functions/insight/forecasts/models/gamma-gamma.ts';
import { outcomesOf, recordOf } from '../../../functions/insight/forecasts/record/record.ts';
import { forecast } from '../../../functions/insight/forecasts/served/forecast.ts';
import {
  type Cdnow,
  calibrationUntil,
  cdnowMissing,
  holdoutUntil,
  horizonWeeks,
  readCdnow,
  spendingOf,
} from './cdnow.ts';

describe.skipIf(cdnowMissing !== '')(`the record shop CDNOW${cdnowMissing}`, () => {
  let sample: Cdnow;
  let groups: Groups;
  let came: Float64Array;
  const fits = new Map<string, FittedModel>();

  beforeAll(() => {
    sample = readCdnow('sample');
    groups = summarise(sample.purchases, calibrationUntil);
    came = countBetween(sample.purchases, calibrationUntil, holdoutUntil);
    for (const model of countModels) fits.set(model.name, fitCounts(model, groups, 'mle'));
  });

  test('has 1,882 repeat purchase days in the weeks 40 to 78', () => {
    expect(came).toHaveLength(2_357);
    expect(came.reduce((sum, count) => sum + count, 0)).toBe(1_882);
  });

  /** As printed by Fader, Hardie and Lee (2005), Batislam et al. (2007) and Fader and Hardie's notes. */
  const printed = [
    { name: 'bg-nbd', values: [0.243, 4.414, 0.793, 2.426], logLikelihood: -9582.4 },
    { name: 'mbg-nbd', values: [0.525, 6.183, 0.891, 1.614], logLikelihood: -9582.1 },
    { name: 'pareto-nbd', values: [0.553, 10.578, 0.606, 11.669], logLikelihood: -9595.0 },
  ];
  test.each(printed)('fits $name to the printed digits', ({ name, values, logLikelihood }) => {
    const fit = fits.get(name);
    expect(fit?.values.map((value) => Math.round(value * 1000) / 1000)).toEqual(values);
    expect(fit?.logLikelihood.toFixed(1)).toBe(logLikelihood.toFixed(1));
    expect([fit?.hasConverged, fit?.isAtLimit]).toEqual([true, false]);
  });

  test('fits gamma-gamma to the printed digits, in dollars', () => {
    const fit = fitTarget(spendTarget(spendingOf(sample, calibrationUntil, 100), 'mle'));
    expect(fit.values.map((value) => value.toFixed(2))).toEqual(['6.25', '3.74', '15.44']);
  });

  /** Computed with other programs: RMSE, MAE, sum. */
  const rows = [
    { name: 'nbd', rmse: 1.8595, mae: 1.041, total: 2930 },
    { name: 'bg-nbd', rmse: 1.608, mae: 0.7855, total: 1653 },
    { name: 'mbg-nbd', rmse: 1.6072, mae: 0.7648, total: 1577 },
    { name: 'pareto-nbd', rmse: 1.6028, mae: 0.7545, total: 1666 },
  ];
  test.each(rows)('forecasts by $name what others do', ({ name, rmse, mae, total }) => {
    const fit = fits.get(name);
    const outlook = fit === undefined ? [] : [{ model: fit.model, values: fit.values, weight: 1 }];
    const record = recordOf(outcomesOf(groups, outlook, horizonWeeks, came));
    expect(record.rmse).toBeCloseTo(rmse, 4);
    expect(record.mae).toBeCloseTo(mae, 4);
    expect(Math.round(record.total)).toBe(total);
  });

  test('serves a forecast as good as promised, chosen by weeks 1 to 39 alone', () => {
    const {
      served,
      groups: known,
      outlook,
      cannotTell,
      total,
    } = forecast(sample.purchases, {
      until: calibrationUntil,
      weeks: horizonWeeks,
    });
    const record = recordOf(outcomesOf(known, outlook, horizonWeeks, came));
    expect(served).toBe('pool');
    expect(cannotTell).toBeNull();
    expect(record.rmse).toBeLessThanOrEqual(1.61);
    expect(Math.abs(record.bias)).toBeLessThanOrEqual(0.125);
    expect(record.coverage80).toBeGreaterThanOrEqual(0.72);
    expect(record.coverage80).toBeLessThanOrEqual(0.88);
    expect(total.expected).toBeCloseTo(record.total, 3);
    expect([total.low < 1_882, total.high > 1_882]).toEqual([true, true]);
  });

  test('forecasts the same when nothing after the last known day is there', () => {
    const question = { until: calibrationUntil, weeks: horizonWeeks };
    const known = forecast(untilDay(sample, calibrationUntil), question);
    expect(known.outlook).toEqual(forecast(sample.purchases, question).outlook);
  });
});

function untilDay({ purchases: { days, starts } }: Cdnow, until: number) {
  const lists = Array.from({ length: starts.length - 1 }, (_, account) =>
    [...days.subarray(starts[account], starts[account + 1])].filter((day) => day <= until),
  );
  return packDays(lists);
}
