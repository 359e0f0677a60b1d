import type { Context } from '../../ground/platform/context.ts';
import { requestForecasts } from './runs/begin-run.ts';
import { type ForecastRun, findNewestRun } from './runs/queries.ts';
import { workOnForecasts } from './runs/work-on-forecasts.ts';

/**
 * Makes all forecasts of today anew, now. Null when another process took it over.
 * @throws {AppError} `forbidden`
 */
export async function makeForecasts(ctx: Context): Promise<ForecastRun | null> {
  await requestForecasts(ctx);
  await workOnForecasts(ctx);
  const run = await findNewestRun(ctx.db.fresh);
  return run === null || run.finishedAt === null ? null : run;
}
