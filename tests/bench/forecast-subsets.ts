import { mulberry32 } from '../../functions/ground/platform/mulberry.ts';
import { fitCounts } from '../../functions/insight/forecasts/fits/fit-counts.ts';
import {
  countBetween,
  type PurchaseDays,
  packDays,
  summarise,
} from '../../functions/insight/forecasts/known/summary.ts';
import { countModels } from '../../functions/insight/forecasts/models/count-models.ts';
import { outcomesOf, recordOf } from '../../functions/insight/forecasts/record/record.ts';
import { type ForecastQuestion, forecast } from '../../functions/insight/forecasts/served/forecast.ts';
import type { Outlook } from '../../functions/insight/forecasts/served/outlook.ts';
import { holdoutUntil } from '../insight/forecasts/cdnow.ts';

/** One row for so many random subsets of a size: errors, fits at a limit, what could be told, and how well. */
export function subsetRows(
  purchases: PurchaseDays,
  question: ForecastQuestion,
  { size, times }: { size: number; times: number },
): string[] {
  const next = mulberry32(size);
  const errors = { served: 0, mle: countModels.map(() => 0) };
  const runAway = { map: 0, mle: 0 };
  const told: { coverage: number; isWithin: boolean }[] = [];
  for (let time = 0; time < times; time += 1) {
    const some = subset(purchases, size, next);
    const all = forecast(some, question);
    const groups = summarise(some, question.until);
    const came = countBetween(some, question.until, holdoutUntil);
    const recordBy = (outlook: Outlook) => recordOf(outcomesOf(groups, outlook, question.weeks, came));
    const errorBy = ({ total, actual }: { total: number; actual: number }) => Math.abs(total - actual) / size;
    const record = recordBy(all.outlook);
    errors.served += errorBy(record) / times;
    for (const [k, model] of countModels.entries()) {
      const fit = fitCounts(model, groups, 'mle');
      errors.mle[k] = (errors.mle[k] ?? 0) + errorBy(recordBy([{ ...fit, weight: 1 }])) / times;
      if (fit.isAtLimit || !fit.hasConverged) runAway.mle += 1;
    }
    runAway.map += all.models.filter(({ isAtLimit, hasConverged }) => isAtLimit || !hasConverged).length;
    if (all.cannotTell !== null) continue;
    const isWithin = record.actual >= all.total.low && record.actual <= all.total.high;
    told.push({ coverage: record.coverage80 ?? 0, isWithin });
  }
  const fits = times * countModels.length;
  return [
    `${size}`,
    errors.served.toFixed(3),
    countModels.map(({ name }, k) => `${name} ${errors.mle[k]?.toFixed(3)}`).join(', '),
    `${runAway.map} of ${fits}`,
    `${runAway.mle} of ${fits}`,
    `${times - told.length} of ${times}`,
    told.length === 0 ? '' : (told.reduce((sum, { coverage }) => sum + coverage, 0) / told.length).toFixed(3),
    `${told.filter(({ isWithin }) => isWithin).length} of ${told.length}`,
  ];
}

function subset(purchases: PurchaseDays, size: number, next: () => number): PurchaseDays {
  const accounts = purchases.starts.length - 1;
  const indexes = Array.from({ length: accounts }, (_, index) => index);
  const drawn = Array.from({ length: size }, () => indexes.splice(next() % indexes.length, 1)[0] ?? 0);
  return packDays(
    drawn.map((i) => [...purchases.days.subarray(purchases.starts[i], purchases.starts[i + 1])]),
  );
}
