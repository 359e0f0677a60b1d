import { fitAll, planFits } from '../../functions/insight/forecasts/fits/fit-plan.ts';
import { someAccounts } from '../../functions/insight/forecasts/known/accounts.ts';
import {
  type CovariateName,
  classOf,
  firstPurchases,
} from '../../functions/insight/forecasts/known/first-purchase.ts';
import { countBetween, DAYS_A_WEEK, summarise } from '../../functions/insight/forecasts/known/summary.ts';
import {
  type ForecastRecord,
  outcomesOf,
  recordOf,
  together,
} from '../../functions/insight/forecasts/record/record.ts';
import { pastOf } from '../../functions/insight/forecasts/served/choose.ts';
import { timesAsOften } from '../../functions/insight/forecasts/served/covariate.ts';
import { finishFits } from '../../functions/insight/forecasts/served/forecast.ts';
import { type Cdnow, calibrationUntil, holdoutUntil, horizonWeeks } from '../insight/forecasts/cdnow.ts';

/** A row of what a first purchase tells: asked in the past, which decides, and of the weeks that came. */
export function firstsRow(what: string, { purchases, cents }: Cdnow, name: CovariateName): string[] {
  const known = { purchases, spent: cents.map((sum) => sum / 100), types: [] };
  const question = { until: calibrationUntil, weeks: horizonWeeks };
  const past = pastOf(purchases, question);
  const tasks = planFits({ ...known, spent: new Float64Array() }, past, question);
  const { outlook, covariate } = finishFits(tasks, past, fitAll(tasks), {
    ...{ name, known, until: calibrationUntil },
  });
  if (covariate === null) return [what, name, '', 'cannot be asked: all of one class', '', ''];
  const firsts = firstPurchases(known);
  const held = (times: (place: number) => number): ForecastRecord => {
    const byClass = Map.groupBy(firsts.keys(), (at) => {
      const first = firsts[at];
      return first === undefined ? 0 : classOf(covariate, first);
    });
    return recordOf(
      together(
        [...byClass].map(([place, accounts]) => {
          const own = someAccounts(known, accounts).purchases;
          return outcomesOf(
            summarise(own, calibrationUntil),
            timesAsOften(outlook, times(place)),
            (holdoutUntil - calibrationUntil) / DAYS_A_WEEK,
            countBetween(own, calibrationUntil, holdoutUntil),
          );
        }),
      ),
    );
  };
  const [without, withIt] = [held(() => 1), held((place) => covariate.factors[place] ?? 1)];
  const mean = (records: readonly ForecastRecord[]) =>
    (records.reduce((sum, { logLoss }) => sum + (logLoss ?? 0), 0) / records.length).toFixed(4);
  const pair = (of: (record: ForecastRecord) => number) =>
    `${of(without).toFixed(4)}, ${of(withIt).toFixed(4)}`;
  return [
    ...[what, name, covariate.factors.map((factor) => factor.toFixed(2)).join(' · ')],
    `${mean(covariate.without)}, ${mean(covariate.with)}: ${covariate.serves ? 'serves' : 'does not serve'}`,
    pair(({ logLoss }) => logLoss ?? 0),
    pair(({ rmse }) => rmse),
  ];
}
