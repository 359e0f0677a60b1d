import { asc, desc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../../db/query.ts';
import {
  forecastFits,
  forecastPromises,
  forecastRecords,
  forecastRuns,
} from '../../../../db/schema/index.ts';

export const findNewestRun = queryOne((db) =>
  db.select().from(forecastRuns).orderBy(desc(forecastRuns.day)).limit(1),
);
export type ForecastRun = NonNullable<Awaited<ReturnType<typeof findNewestRun>>>;

/** What is kept of a day's fits: of all accounts, and of kinds. */
export const listFitsOf = query((db) =>
  db
    .select()
    .from(forecastFits)
    .where(eq(forecastFits.day, sql.placeholder('day')))
    .orderBy(asc(forecastFits.type)),
);
export type FitRow = Awaited<ReturnType<typeof listFitsOf>>[number];

/** Of the newest day before one. */
export const listFitsBefore = query((db) =>
  db
    .select()
    .from(forecastFits)
    .where(
      sql`${forecastFits.day} = (SELECT max(day) FROM forecast_fits WHERE day < ${sql.placeholder('day')})`,
    ),
);

/** Of the newest day. */
export const listNewestFits = query((db) =>
  db
    .select()
    .from(forecastFits)
    .where(sql`${forecastFits.day} = (SELECT max(day) FROM forecast_fits)`)
    .orderBy(asc(forecastFits.type)),
);

/** The days on which something was promised: one a month at the most. */
export const listPromisedDays = query((db) =>
  db
    .select({ day: sql<string>`day` })
    .from(
      sql`(WITH RECURSIVE days (day) AS (SELECT min(asked_on) FROM forecast_promises
        UNION ALL SELECT (SELECT min(asked_on) FROM forecast_promises WHERE asked_on > days.day) FROM days WHERE days.day IS NOT NULL)
        SELECT day FROM days WHERE day IS NOT NULL)`,
    )
    .orderBy(sql`day`),
);

export const listPromises = query((db) =>
  db
    .select()
    .from(forecastPromises)
    .where(
      sql`${forecastPromises.askedOn} = ${sql.placeholder('askedOn')} AND ${forecastPromises.accountId} > ${sql.placeholder('after')}`,
    )
    .orderBy(asc(forecastPromises.accountId))
    .limit(sql.placeholder('limit')),
);

/** Which records there are: some dozens a year. */
export const listRecorded = query((db) =>
  db
    .select({
      months: forecastRecords.months,
      askedOn: forecastRecords.askedOn,
      isKept: forecastRecords.isKept,
    })
    .from(forecastRecords),
);
export type Recorded = Awaited<ReturnType<typeof listRecorded>>[number];

/** The newest first. */
export const listRecords = query((db) =>
  db
    .select()
    .from(forecastRecords)
    .orderBy(desc(forecastRecords.askedOn), asc(forecastRecords.months))
    .limit(sql.placeholder('limit')),
);
