import { statement } from '../../../../db/query.ts';
import type { Statement } from '../../../../db/store.ts';
import { dayNumber } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { type BuyingAccount, cutOf, listBuyers } from '../../facts/list-buyers.ts';
import { type ForecastRun, listPromisedDays } from './queries.ts';
import type { StepDone } from './step.ts';
import { ACCOUNTS_MOST, type Workbench } from './workbench.ts';

const ACCOUNTS_PER_UNIT = 1_000;

/**
 * Keeps once a month what accounts looked like as they were forecast, so that it can be said later, to the digit, what was.
 * Of many accounts a share is enough.
 */
export async function takePromiseStep(ctx: Context, run: ForecastRun, bench: Workbench): Promise<StepDone> {
  const done = { stage: 'record', reached: '', state: '' } as const;
  const kept = await bench.fitsOf(run.day);
  if (kept === null || kept.cannotTell !== null) return done;
  if (run.reached === '' && (await isPromised(ctx, run.day))) return done;
  const page = await listBuyers(ctx.db.fresh, {
    ...{ after: run.reached, limit: ACCOUNTS_PER_UNIT, currency: bench.currency ?? '', until: run.day },
    cut: cutOf(ACCOUNTS_MOST.today / Math.max(1, bench.buyers.accounts)),
  });
  const categories = await bench.categoriesOf(run.day, page);
  const rows = page.flatMap(({ firstMinor, ...buyer }, at) => {
    if (buyer.firstOn > run.day) return [];
    const first = { day: dayNumber(buyer.firstOn), spent: Number(firstMinor) / bench.unit };
    return [{ ...buyer, place: kept.classFor({ ...first, category: categories?.[at] ?? null }) }];
  });
  const isLast = page.length < ACCOUNTS_PER_UNIT;
  return {
    ...(isLast ? done : { reached: page.at(-1)?.id ?? '' }),
    rows: rows.length > 0 ? [written(run, rows)] : [],
  };
}

async function isPromised(ctx: Context, day: string): Promise<boolean> {
  const days = await listPromisedDays(ctx.db.fresh);
  return days.some((promised) => promised.day.slice(0, 7) === day.slice(0, 7));
}

function written(
  { day }: ForecastRun,
  buyers: readonly (Omit<BuyingAccount, 'firstMinor'> & { place: number })[],
): Statement {
  return statement(
    `INSERT OR IGNORE INTO forecast_promises (asked_on, account_id, type, purchase_days, first_on, last_on, place)
     SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?)`,
    day,
    JSON.stringify(
      buyers.map((one) => [one.id, one.type, one.purchaseDays, one.firstOn, one.lastOn, one.place]),
    ),
  );
}
