import { statement } from '../../../../db/query.ts';
import type { Statement } from '../../../../db/store.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { listBuyers, NO_CUT } from '../../facts/list-buyers.ts';
import type { ForecastRun } from './queries.ts';
import type { Scored } from './score-accounts.ts';
import type { StepDone } from './step.ts';
import type { Workbench } from './workbench.ts';

/** So many accounts are written in one unit, while everybody else who writes waits some milliseconds. */
const ACCOUNTS_PER_UNIT = 1_000;
/** Says of the next accounts, by their ids, what is to be expected of them. */
export async function takeScoreStep(ctx: Context, run: ForecastRun, bench: Workbench): Promise<StepDone> {
  const page = await listBuyers(ctx.db.fresh, {
    ...{ after: run.reached, cut: NO_CUT, limit: ACCOUNTS_PER_UNIT },
    ...{ currency: bench.currency ?? '', until: run.day },
  });
  const isLast = page.length < ACCOUNTS_PER_UNIT;
  const reached = page.at(-1)?.id ?? run.reached;
  const score = await bench.scorerOf(run.day);
  const categories = await bench.categoriesOf(run.day, page);
  const scored = page.flatMap((buyer, at) => {
    const one = score?.(buyer, categories?.[at]) ?? null;
    return one === null ? [] : [one];
  });
  return {
    ...(isLast ? { stage: 'promise', reached: '' } : { reached }),
    accounts: run.accounts + scored.length,
    rows: [
      emptied(run.reached, isLast ? null : reached),
      ...(scored.length > 0 ? [written(run, scored)] : []),
    ],
  };
}

/** Whatever was said of accounts from one id to another; `until` null for all behind. */
function emptied(after: string, until: string | null): Statement {
  return until === null
    ? statement('DELETE FROM account_forecasts WHERE account_id > ?', after)
    : statement('DELETE FROM account_forecasts WHERE account_id > ? AND account_id <= ?', after, until);
}

function written({ day }: ForecastRun, scored: readonly Scored[]): Statement {
  return statement(
    `INSERT INTO account_forecasts (account_id, day, alive_permille, orders_30_milli, orders_90_milli, orders_365_milli,
       orders_365_low, orders_365_high, next_days, spend_day_minor)
     SELECT value ->> 0, ?, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
       value ->> 8 FROM json_each(?)`,
    day,
    JSON.stringify(scored),
  );
}
