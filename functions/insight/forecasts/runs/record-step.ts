import { insertInto, statement } from '../../../../db/query.ts';
import { forecastRecords } from '../../../../db/schema/index.ts';
import type { Statement } from '../../../../db/store.ts';
import { addMonths } from '../../../ground/platform/business-time.ts';
import { dayNumber } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { areFitted, goOnFits } from '../fits/fit-plan.ts';
import { readProgress, writeProgress } from '../kept/progress.ts';
import { type KeptFigures, writeFigures } from '../kept/record.ts';
import type { AccountType } from '../known/accounts.ts';
import { classOf, firstPurchases } from '../known/first-purchase.ts';
import { accountsIn, packDays, spanUntil, summarise } from '../known/summary.ts';
import { type AskedPast, recordAt } from '../record/record-at.ts';
import { cannotTell } from '../served/cannot-tell.ts';
import { timesAsOften } from '../served/covariate.ts';
import { type Fitted, finishFits } from '../served/forecast.ts';
import { WORK_PER_STEP } from './fit-step.ts';
import { loadPromised } from './load-promised.ts';
import { type ForecastRun, listPromisedDays, listRecorded, type Recorded } from './queries.ts';
import type { StepDone } from './step.ts';
import type { Plan, Workbench } from './workbench.ts';

/** What was forecast so many months ago is looked at. */
const recordedMonths = [1, 3, 12] as const;
/** So many months before today the past is asked what would have been forecast: on the first day of the month. */
const MONTHS_BACK = [1, 2, 3, 6, 12];

/** Looks at one day of the past: what was promised on it, or would have been, beside what happened since. */
export async function takeRecordStep(ctx: Context, run: ForecastRun, bench: Workbench): Promise<StepDone> {
  const db = ctx.db.fresh;
  const [recorded, promised] = await Promise.all([listRecorded(db), listPromisedDays(db)]);
  const promises = promised.map(({ day }) => day);
  for (const askedOn of promises) {
    const months = openMonths(run, { askedOn, recorded, isKept: true });
    if (months.length > 0) return { rows: await keptRecords(ctx, bench, { askedOn, months }) };
  }
  for (const askedOn of pastDays(run)) {
    const isPromised = promises.some((day) => day.slice(0, 7) === askedOn.slice(0, 7));
    const months = openMonths(run, { askedOn, recorded, isKept: false });
    if (isPromised || months.length === 0) continue;
    if (await couldTell(bench, askedOn)) return askThen(run, bench, { askedOn, months });
  }
  return { stage: 'done', reached: '', state: '' };
}

/** Horizons that are over since a day and have no record of it yet. */
function openMonths(
  { day }: ForecastRun,
  { askedOn, recorded, isKept }: { askedOn: string; recorded: readonly Recorded[]; isKept: boolean },
): number[] {
  return recordedMonths.filter(
    (months) =>
      addMonths(askedOn, months) < day &&
      !recorded.some((one) => one.months === months && one.askedOn === askedOn && (one.isKept || !isKept)),
  );
}

const pastDays = ({ day }: ForecastRun): string[] =>
  MONTHS_BACK.map((months) => addMonths(`${day.slice(0, 7)}-01`, -months));

/** Whether enough was known on a day of the past, of the accounts that are asked about, to forecast anything. */
async function couldTell({ buyers: { firstOn }, knownOn }: Workbench, askedOn: string): Promise<boolean> {
  if (firstOn === null || firstOn > askedOn) return false;
  const { purchases } = (await knownOn(askedOn)).known;
  const accounts = accountsIn(summarise(purchases, dayNumber(askedOn)));
  const historyDays = dayNumber(askedOn) - dayNumber(firstOn);
  return cannotTell({ accounts, historyDays, total: { expected: 1, low: 1, high: 1 } }) === null;
}

/** What was promised on a day, by the models as they were then. With the longest horizon the promises have served. */
async function keptRecords(
  ctx: Context,
  bench: Workbench,
  { askedOn, months }: { askedOn: string; months: readonly number[] },
): Promise<Statement[]> {
  const kept = await bench.fitsOf(askedOn);
  const asked = await loadPromised(ctx.db.fresh, { askedOn, timeZone: bench.timeZone });
  const outlookFor = (type: AccountType, place: number) => kept?.outlookFor(type, place) ?? [];
  const isOver = months.includes(Math.max(...recordedMonths)) || kept === null;
  return [
    ...(kept === null
      ? []
      : months.map((each) =>
          record(
            { ...asked, outlookFor },
            {
              ...{ askedOn, months: each, served: kept.served, isKept: true },
              ...{ merged: asked.merged, isImported: false },
            },
          ),
        )),
    ...(isOver ? [statement('DELETE FROM forecast_promises WHERE asked_on = ?', askedOn)] : []),
  ];
}

/** Goes on with the fits of what was known on a day of the past; with the last of them it is recorded. */
async function askThen(
  run: ForecastRun,
  bench: Workbench,
  { askedOn, months }: { askedOn: string; months: readonly number[] },
): Promise<StepDone> {
  const plan = await bench.plan(askedOn);
  const progress = goOnFits(
    plan.tasks,
    readProgress(run.reached === askedOn ? run.state : ''),
    WORK_PER_STEP,
  );
  if (!areFitted(plan.tasks, progress)) return { reached: askedOn, state: writeProgress(progress) };
  const fitted = finishFits(plan.tasks, plan.past, progress.done, plan.tried);
  const asked = askedThen(plan, fitted, askedOn);
  const { isImported } = await bench.knownOn(askedOn);
  const about = { askedOn, served: fitted.served, isKept: false, merged: 0, isImported };
  const rows = months.map((each) => record(asked, { ...about, months: each }));
  return { reached: askedOn, state: '', rows };
}

type AskedOf = Pick<AskedPast, 'accounts' | 'purchases' | 'outlookFor'>;

function askedThen({ known: all }: Plan, fitted: Fitted, askedOn: string): AskedOf {
  const { types, purchases } = all;
  const { days, starts } = purchases;
  const serving = fitted.covariate?.serves === true ? fitted.covariate : null;
  const firsts = serving === null ? [] : firstPurchases(all);
  const known = types.flatMap((type, account) => {
    const span = spanUntil(purchases, account, dayNumber(askedOn));
    const first = firsts[account];
    const place = serving === null || first === undefined ? 0 : classOf(serving, first);
    return span === null ? [] : [{ type, place, span, account }];
  });
  return {
    accounts: known,
    purchases: packDays(known.map(({ account }) => [...days.subarray(starts[account], starts[account + 1])])),
    outlookFor: (type, place) =>
      timesAsOften(
        fitted.outlooks.find((one) => one.type === type)?.outlook ?? fitted.outlook,
        serving?.factors[place] ?? 1,
      ),
  };
}

const insertRecord = insertInto(
  forecastRecords,
  `ON CONFLICT (months, asked_on) DO UPDATE SET until_on = excluded.until_on, is_kept = excluded.is_kept,
   accounts = excluded.accounts, figures = excluded.figures, tenths = excluded.tenths`,
);

function record(
  asked: AskedOf,
  {
    askedOn,
    months,
    ...of
  }: Pick<KeptFigures, 'served' | 'merged' | 'isImported'> & {
    askedOn: string;
    months: number;
    isKept: boolean;
  },
): Statement {
  const untilOn = addMonths(askedOn, months);
  const { figures, tenths } = recordAt({ ...asked, from: dayNumber(askedOn), until: dayNumber(untilOn) });
  return insertRecord({
    ...{ months, askedOn, untilOn, isKept: of.isKept, accounts: asked.accounts.length },
    figures: writeFigures(of, figures),
    tenths: JSON.stringify(tenths),
  });
}
