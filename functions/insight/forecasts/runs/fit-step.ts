import { insertInto, statement } from '../../../../db/query.ts';
import { forecastFits } from '../../../../db/schema/index.ts';
import type { Statement } from '../../../../db/store.ts';
import { dayNumber } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { areFitted, goOnFits } from '../fits/fit-plan.ts';
import { type TotalAhead, writeCandidates, writeCovariate, writeModels, writeOutlook } from '../kept/fits.ts';
import { readProgress, writeProgress } from '../kept/progress.ts';
import { type AccountType, type KnownAccounts, someAccounts, summariseTypes } from '../known/accounts.ts';
import { classOf, firstPurchases } from '../known/first-purchase.ts';
import { accountsIn, DAYS_A_WEEK } from '../known/summary.ts';
import { cannotTell } from '../served/cannot-tell.ts';
import { timesAsOften } from '../served/covariate.ts';
import { type Fitted, finishFits } from '../served/forecast.ts';
import { emptyForecasts, forecastGroups, totalRange } from '../served/outlook.ts';
import { horizons } from '../served/prospect.ts';
import type { FitRow, ForecastRun } from './queries.ts';
import type { StepDone } from './step.ts';
import type { Plan, Workbench } from './workbench.ts';

/** So many groups of accounts are evaluated in one slice: about half a second of computing. */
export const WORK_PER_STEP = 4_000_000;

/** Goes on with the fits of today; with the last one the models are kept. */
export async function takeFitStep(ctx: Context, run: ForecastRun, bench: Workbench): Promise<StepDone> {
  const { accounts, firstOn } = bench.buyers;
  const historyDays = firstOn === null ? 0 : dayNumber(run.day) - dayNumber(firstOn);
  const total = { expected: 1, low: 1, high: 1 };
  const reason = cannotTell({ accounts, historyDays, total });
  const about = { day: run.day, at: ctx.now(), accounts, historyDays, currency: bench.currency };
  if (reason !== null && reason !== 'wide_interval')
    return { stage: 'score', reached: '', state: '', rows: keepNothing(about, reason) };
  const plan = await bench.plan(run.day, 'today');
  const progress = goOnFits(plan.tasks, readProgress(run.state), WORK_PER_STEP);
  if (!areFitted(plan.tasks, progress)) return { state: writeProgress(progress) };
  const fitted = finishFits(plan.tasks, plan.past, progress.done, plan.tried);
  return { stage: 'score', reached: '', state: '', rows: keepFits(about, plan, fitted) };
}

type About = Pick<FitRow, 'day' | 'at' | 'accounts' | 'historyDays' | 'currency'>;

const insertFit = insertInto(forecastFits);

/** What was kept of the same day gives way, and what no promise rests on any more. */
const making = ({ day }: About): Statement[] => [
  statement('DELETE FROM forecast_fits WHERE day = ?', day),
  statement(
    `DELETE FROM forecast_fits WHERE day < ?
     AND NOT EXISTS (SELECT 1 FROM forecast_promises AS p WHERE p.asked_on = forecast_fits.day)`,
    day,
  ),
];

function keepNothing(about: About, reason: FitRow['cannotTell']): Statement[] {
  const empty = { models: '[]', candidates: '[]', outlook: '[]', spend: null, totals: '[]' };
  return [
    ...making(about),
    insertFit({ ...about, type: '', fitted: 0, served: '', cannotTell: reason, covariate: null, ...empty }),
  ];
}

function keepFits(about: About, { known, tasks }: Plan, fitted: Fitted): Statement[] {
  const accounts = tasks[0]?.accounts ?? 0;
  const shared = { ...about, served: fitted.served, cannotTell: null };
  const whole = insertFit({
    ...{ ...shared, type: '', fitted: accounts },
    models: writeModels(fitted),
    candidates: writeCandidates(fitted),
    outlook: writeOutlook(fitted.outlook),
    covariate: writeCovariate(fitted),
    spend: about.currency === null || fitted.spend === null ? null : JSON.stringify(fitted.spend.values),
    totals: JSON.stringify(totalsOf(known, fitted, about)),
  });
  const types = fitted.outlooks.map(({ type, outlook }) =>
    insertFit({
      ...{ ...shared, type, fitted: tasks.find(({ key }) => key.startsWith(type))?.accounts ?? 0 },
      ...{ models: '[]', candidates: '[]', outlook: writeOutlook(outlook), spend: null, totals: '[]' },
      covariate: null,
    }),
  );
  return [...making(about), whole, ...types];
}

/** Those of kinds are added up as if all were wrong in the same way: the range is rather too wide. */
function totalsOf(known: KnownAccounts, fitted: Fitted, { day, accounts, historyDays }: About): TotalAhead[] {
  const parts = partsOf(known, fitted, dayNumber(day));
  const scale =
    accounts /
    Math.max(
      1,
      parts.reduce((sum, { groups }) => sum + accountsIn(groups), 0),
    );
  return horizons.map((days) => {
    const total = { expected: 0, low: 0, high: 0 };
    for (const { groups, outlook } of parts) {
      const forecasts = emptyForecasts(groups, outlook, days / DAYS_A_WEEK);
      forecastGroups(forecasts, { groups, outlook }, { from: 0, until: groups.x.length });
      const range = totalRange(outlook, forecasts.totals);
      total.expected += scale * range.expected;
      total.low += scale * range.low;
      total.high += scale * range.high;
    }
    return { days, ...total, isTold: cannotTell({ accounts, historyDays, total }) === null };
  });
}

/** Accounts of each kind, and of each class of first purchases where that serves, with what is to be expected of them. */
function partsOf(known: KnownAccounts, fitted: Fitted, until: number) {
  const outlookOf = (type: AccountType) =>
    fitted.outlooks.find((one) => one.type === type)?.outlook ?? fitted.outlook;
  const serving = fitted.covariate?.serves === true ? fitted.covariate : null;
  if (serving === null)
    return summariseTypes(known, until).map(({ type, groups }) => ({ groups, outlook: outlookOf(type) }));
  const firsts = firstPurchases(known);
  return serving.factors.flatMap((factor, place) => {
    const accounts = [...firsts.keys()].filter((account) => {
      const first = firsts[account];
      return first !== undefined && first.day <= until && classOf(serving, first) === place;
    });
    return summariseTypes(someAccounts(known, accounts), until).map(({ type, groups }) => ({
      groups,
      outlook: timesAsOften(outlookOf(type), factor),
    }));
  });
}
