import { sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import { forecastRuns } from '../../../db/schema/index.ts';
import type { SegmentField, SegmentValueKind } from '../../ground/segments/segment-field.ts';

const findLast = queryOne((db) =>
  db
    .select({ day: sql<string | null>`max(${forecastRuns.day} || ' ' || ${forecastRuns.finishedAt})` })
    .from(forecastRuns)
    .where(sql`finished_at IS NOT NULL`),
);

const foretold = (name: string, kind: SegmentValueKind, value: string): SegmentField => ({
  ...{ name, kind },
  stamp: async ({ db }) => (await findLast(db))?.day ?? '',
  source: ({ among, today }) => ({
    rows: sql`SELECT account_id AS root_id, ${sql.raw(value)} AS value FROM (
      SELECT *, CAST(julianday(${today}) - julianday(day) AS INTEGER) AS age FROM account_forecasts
      WHERE ${among(sql`account_id`)})`,
  }),
});

/**
 * What segments ask about what is to be expected of accounts, as it was last worked out: per cent, purchase days of the
 * next 365, 90 and 30 days, and days until they buy again.
 */
export const forecastFields: readonly SegmentField[] = [
  foretold('forecast.alive', 'number', 'alive_permille / 10.0'),
  foretold('forecast.orders', 'number', 'orders_365_milli / 1000.0'),
  foretold('forecast.orders90', 'number', 'orders_90_milli / 1000.0'),
  foretold('forecast.orders30', 'number', 'orders_30_milli / 1000.0'),
  foretold('forecast.next', 'days', 'next_days - age'),
];
