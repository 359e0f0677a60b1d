import { sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';

/** On which business day forecasts were made anew last, and when that was finished; null while it is under way. */
export const findForecastRun = queryOne((db) =>
  db
    .select({
      day: sql<string>`day`,
      finishedAt: sql<number | null>`finished_at`.mapWith(Number),
    })
    .from(sql`forecast_runs`)
    .orderBy(sql`day DESC`)
    .limit(1),
);
