import { type SQL, sql } from 'drizzle-orm';
import { addDays, startOfDay } from '../../ground/platform/business-time.ts';
import { addMonths, yearOf } from '../../ground/platform/calendar.ts';
import { dayInSql } from '../../ground/platform/day-sql.ts';
import { monthDaysWithin, type OccasionKind } from './occasion-day.ts';

/** Nothing comes round that began before. */
const FIRST_YEAR = 1970;

interface Span {
  kind: OccasionKind;
  from: string;
  until: string;
  timeZone: string;
}

/**
 * The columns of a kind and the tables that they come from, on the days of a span: each day is looked up by an index, with the
 * customer `c` behind it. `whose` is SQL that follows the column of their id.
 */
export function daysOfKind(span: Span, whose: SQL): SQL {
  const days = monthDaysWithin(span.from, span.until);
  switch (span.kind) {
    case 'birthday':
      return sql`'' AS day_id, e.value ->> 1 AS day, NULL AS name, NULL AS first_year FROM ${each(days)} AS e
        CROSS JOIN profile_answers AS p ON p.question = 'birthday' AND p.answer = e.value ->> 0 AND p.customer_id ${whose}
        CROSS JOIN customers AS c ON c.id = p.customer_id`;
    case 'own': {
      const until = days.map(([monthDay, day]) => [
        monthDay,
        day,
        startOfDay(addDays(day, 1), span.timeZone),
      ]);
      return sql`p.id AS day_id, e.value ->> 1 AS day, p.name AS name, p.year AS first_year FROM ${each(until)} AS e
        CROSS JOIN customer_days AS p ON p.day = e.value ->> 0 AND p.ended_at IS NULL AND p.customer_id ${whose} AND p.at < e.value ->> 2
        CROSS JOIN customers AS c ON c.id = p.customer_id`;
    }
    case 'joined':
      return joinedYearsAgo(span, whose);
    case 'first_order': {
      const firsts = yearsBefore(span).flatMap((years) =>
        days.map(([monthDay, day]) => [`${yearOf(day) - years}-${monthDay}`, day]),
      );
      return sql`'' AS day_id, e.value ->> 1 AS day, NULL AS name, CAST(substr(f.first_on, 1, 4) AS INTEGER) AS first_year
        FROM ${each(firsts)} AS e CROSS JOIN account_facts AS f ON f.first_on = e.value ->> 0
        CROSS JOIN accounts AS a ON a.id = f.account_id AND a.owner_id ${whose} CROSS JOIN customers AS c ON c.id = a.owner_id`;
    }
  }
}

/** The joining day of somebody's own account, as `joiningDayOf` says it, from the moments around the days of each year before. */
function joinedYearsAgo(span: Span, whose: SQL): SQL {
  const { from, until, timeZone } = span;
  const around = yearsBefore(span).map((years) => [
    startOfDay(addDays(addMonths(from, -12 * years), -1), timeZone),
    startOfDay(addDays(addMonths(until, -12 * years), 2), timeZone),
  ]);
  const at = sql.raw(
    `CASE WHEN a.signed_up_at IS NULL OR a.first_placed_at < a.signed_up_at THEN a.first_placed_at ELSE a.signed_up_at END`,
  );
  const day = sql.raw(dayInSql('own.at', { timeZone, from: `${FIRST_YEAR}-01-01`, to: until }));
  const owners = sql`SELECT a.owner_id, ${at} AS at FROM ${each(around)} AS r CROSS JOIN accounts AS a
    ON a.owner_id IS NOT NULL AND ${at} >= r.value ->> 0 AND ${at} < r.value ->> 1
    WHERE a.owner_id ${whose} AND a.withdrawn_at IS NULL`;
  return sql`'' AS day_id, e.value ->> 1 AS day, NULL AS name, CAST(substr(first.day, 1, 4) AS INTEGER) AS first_year
    FROM (SELECT own.owner_id, ${day} AS day FROM (${owners}) AS own) AS first
    CROSS JOIN ${each(monthDaysWithin(from, until))} AS e ON substr(first.day, 6) = e.value ->> 0
      AND substr(first.day, 1, 4) < substr(e.value ->> 1, 1, 4) CROSS JOIN customers AS c ON c.id = first.owner_id`;
}

/** How many years ago a day of a span can have been the first time. */
const yearsBefore = ({ from }: Span) =>
  Array.from({ length: yearOf(from) - FIRST_YEAR }, (_, index) => index + 1);

const each = (rows: readonly (readonly (string | number)[])[]) => sql`json_each(${JSON.stringify(rows)})`;
