import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { type KeptBusiness, readFits } from './kept/fits.ts';
import { type KeptFigures, readFigures, readTenths } from './kept/record.ts';
import type { CovariateName } from './known/first-purchase.ts';
import { forecastCovariate } from './policies.ts';
import type { Tenth } from './record/record-at.ts';
import { findNewestRun, listNewestFits, listRecords } from './runs/queries.ts';

/** What was forecast on a day of the next so many months, beside what happened. */
export interface ShownRecord extends KeptFigures {
  months: number;
  askedOn: string;
  untilOn: string;
  /** Forecast then; otherwise as it would have been. */
  isKept: boolean;
  accounts: number;
  tenths: Tenth[];
}

export interface ForecastsShown {
  /** The newest models; null before the first. */
  kept: KeptBusiness | null;
  /** Forecasts are being made anew. */
  isGoing: boolean;
  /** The newest first. */
  records: ShownRecord[];
  /** What of first purchases the business wants to be tried now. */
  wanted: 'off' | CovariateName;
}

/** Fewer accounts say nothing. */
const ACCOUNTS_LEAST = 30;
const RECORDS_MOST = 90;

/** How good the forecasts are: their record, and what serves. @throws {AppError} `forbidden` */
export async function getForecastRecord(ctx: Context): Promise<ForecastsShown> {
  allow(ctx.actor, 'customers:read');
  const [rows, run, records, business] = await Promise.all([
    listNewestFits(ctx.db),
    findNewestRun(ctx.db),
    listRecords(ctx.db, { limit: RECORDS_MOST }),
    getBusiness(ctx),
  ]);
  return {
    wanted: policyOf(business, forecastCovariate),
    kept: readFits(rows),
    isGoing: run !== null && run.finishedAt === null,
    records: records
      .filter(({ accounts }) => accounts >= ACCOUNTS_LEAST)
      .map(({ figures, tenths, ...record }) => ({
        ...record,
        ...readFigures(figures),
        tenths: readTenths(tenths),
      })),
  };
}
