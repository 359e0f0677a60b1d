import { type SQL, sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import type { Store } from '../../../db/store.ts';
import { addDays, startOfDay } from '../../ground/platform/business-time.ts';
import { dayInSql } from '../../ground/platform/day-sql.ts';
import { monthDaysWithin, type OccasionKind, ONCE_IN_DAYS } from './occasion-day.ts';
import { giftedSql } from './queries.ts';

/** One occasion of one customer in one year. */
export interface Occasion {
  customerId: string;
  kind: OccasionKind;
  /** Of a day of their own; empty for the others. */
  dayId: string;
  /** The business day on which it falls. */
  day: string;
  /** What a day of their own is called. */
  name: string | null;
  /** The year of the first time, where it is known. */
  firstYear: number | null;
  /** Whether they were given anything for a day of the kind within 300 days. */
  hadGift: boolean;
}

/** Which days of which kinds are asked for, both ends included. */
export interface OccasionSpan {
  kind: OccasionKind;
  from: string;
  until: string;
}

interface Asked {
  spans: readonly OccasionSpan[];
  timeZone: string;
  /** Of this customer alone. */
  customerId?: string;
  /** Customers behind this one, in the order of ids. */
  after?: string;
  limit: number;
}

/**
 * Occasions of customers who have joined, without those that were told: no kind comes twice to one person within 300 days,
 * whatever day they say is theirs, and a day of their own counts from the business day on which they told it. By customer, the
 * newest day first.
 */
export async function listOccasions(db: Store, asked: Asked): Promise<Occasion[]> {
  const { customerId, after = '', limit } = asked;
  const spans = asked.spans.filter(({ from, until }) => from <= until);
  if (spans.length === 0) return [];
  const who = customerId === undefined ? sql`c.id > ${after}` : sql`c.id = ${customerId}`;
  const parts = spans.map(
    (span) => sql`SELECT c.id AS customer_id, ${span.kind} AS kind, ${columnsOf(span, asked.timeZone)}
      WHERE ${who} AND c.claimed_at IS NOT NULL AND c.email IS NOT NULL AND c.closed_at IS NULL AND c.withdrawn_at IS NULL`,
  );
  return ask(db, (query) =>
    query
      .select({
        customerId: sql<string>`o.customer_id`,
        kind: sql<OccasionKind>`o.kind`,
        dayId: sql<string>`o.day_id`,
        day: sql<string>`o.day`,
        name: sql<string | null>`o.name`,
        firstYear: sql<number | null>`o.first_year`.mapWith(Number),
        hadGift: giftedSql({ customerId: sql`o.customer_id`, kind: sql`o.kind`, day: sql`o.day` }).mapWith(
          readFlag,
        ),
      })
      .from(sql`(${sql.join(parts, sql` UNION ALL `)}) AS o`)
      .where(
        sql`NOT EXISTS (SELECT 1 FROM occasion_wishes AS w WHERE w.customer_id = o.customer_id AND w.kind = o.kind
          AND w.day_id = o.day_id AND (w.year = CAST(substr(o.day, 1, 4) AS INTEGER)
            OR w.day > date(o.day, '-' || ${ONCE_IN_DAYS} || ' days')))`,
      )
      .orderBy(sql`o.customer_id, o.day DESC`)
      .limit(limit),
  );
}

/** The columns of a kind and the tables that they come from, on the days of a span. */
function columnsOf({ kind, from, until }: OccasionSpan, timeZone: string): SQL {
  const within = monthDaysWithin(from, until).map((one) => [
    ...one,
    startOfDay(addDays(one[1], 1), timeZone),
  ]);
  const days = sql`json_each(${JSON.stringify(within)}) AS e`;
  const [monthDay, day] = [sql`e.value ->> 0`, sql`e.value ->> 1`];
  switch (kind) {
    case 'birthday':
      return sql`'' AS day_id, ${day} AS day, NULL AS name, NULL AS first_year FROM ${days}
        CROSS JOIN profile_answers AS p ON p.question = 'birthday' AND p.answer = ${monthDay}
        CROSS JOIN customers AS c ON c.id = p.customer_id`;
    case 'own':
      return sql`p.id AS day_id, ${day} AS day, p.name AS name, p.year AS first_year FROM ${days}
        CROSS JOIN customer_days AS p ON p.day = ${monthDay} AND p.ended_at IS NULL AND p.at < e.value ->> 2
        CROSS JOIN customers AS c ON c.id = p.customer_id`;
    case 'joined':
      return anniversaries(joinedOn(timeZone, until), days);
    case 'first_order':
      return anniversaries(
        sql`SELECT a.owner_id AS customer_id, f.first_on AS day FROM account_facts AS f
          CROSS JOIN accounts AS a ON a.id = f.account_id WHERE f.first_on IS NOT NULL AND a.owner_id IS NOT NULL`,
        days,
      );
  }
}

/** A day that comes round from the year behind it on. */
const anniversaries = (firsts: SQL, days: SQL) => sql`'' AS day_id, e.value ->> 1 AS day, NULL AS name,
    CAST(substr(first.day, 1, 4) AS INTEGER) AS first_year
  FROM (${firsts}) AS first CROSS JOIN ${days} ON substr(first.day, 6) = e.value ->> 0
    AND substr(first.day, 1, 4) < substr(e.value ->> 1, 1, 4) CROSS JOIN customers AS c ON c.id = first.customer_id`;

/** The joining day of somebody's own account, as `joiningDayOf` says it. */
function joinedOn(timeZone: string, until: string): SQL {
  const at = 'min(coalesce(a.signed_up_at, a.first_placed_at), coalesce(a.first_placed_at, a.signed_up_at))';
  const day = sql.raw(dayInSql('own.at', { timeZone, from: '1970-01-01', to: until }));
  return sql`SELECT own.customer_id, ${day} AS day FROM (SELECT a.owner_id AS customer_id, ${sql.raw(at)} AS at
      FROM accounts AS a WHERE a.owner_id IS NOT NULL AND a.withdrawn_at IS NULL) AS own WHERE own.at IS NOT NULL`;
}
