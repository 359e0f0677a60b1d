import { sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import type { Store } from '../../../db/store.ts';
import { groupSql } from '../../insight/facts/find-groups.ts';
import { isForSql } from './audience.ts';
import { daysOfKind } from './days-of-kind.ts';
import { homeSql } from './find-homes.ts';
import { type OccasionKind, ONCE_IN_DAYS } from './occasion-day.ts';
import { giftedSql } from './queries.ts';
import type { OccasionSetting } from './settings.ts';

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
  audience?: OccasionSetting['audience'];
  /** Before it nobody is asked for who had a gift: nothing would become of the day. */
  wordsFrom?: string;
}

interface Asked {
  spans: readonly OccasionSpan[];
  timeZone: string;
  /** The day and the money by which it is said who is in which group; left out, audiences say nothing. */
  groupsOn?: { today: string; currency: string | null };
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
  const { customerId, after = '', limit, groupsOn } = asked;
  const spans = asked.spans.filter(({ from, until }) => from <= until);
  if (spans.length === 0) return [];
  const whose = customerId === undefined ? sql`> ${after}` : sql`= ${customerId}`;
  const parts = spans.map(
    (
      span,
    ) => sql`SELECT c.id AS customer_id, ${span.kind} AS kind, ${span.audience ?? 'everybody'} AS audience,
        ${span.wordsFrom ?? span.from} AS words_from, ${daysOfKind({ ...span, timeZone: asked.timeZone }, whose)}
      WHERE c.claimed_at IS NOT NULL AND c.email IS NOT NULL AND c.closed_at IS NULL AND c.withdrawn_at IS NULL`,
  );
  const isByGroup =
    groupsOn !== undefined && spans.some(({ audience = 'everybody' }) => audience !== 'everybody');
  const { from, group } = groupSql(groupsOn ?? { today: '', currency: null });
  const hadGift = giftedSql({ customerId: sql`o.customer_id`, kind: sql`o.kind`, day: sql`o.day` });
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
      .from(
        sql`(${sql.join(parts, sql` UNION ALL `)}) AS o
          ${isByGroup ? sql`LEFT JOIN accounts AS a ON a.id = (${homeSql(sql`o.customer_id`)}) ${from}` : sql``}`,
      )
      .where(
        sql`NOT EXISTS (SELECT 1 FROM occasion_wishes AS w WHERE w.customer_id = o.customer_id AND w.kind = o.kind
          AND w.day_id = o.day_id AND (w.year = CAST(substr(o.day, 1, 4) AS INTEGER)
            OR w.day > date(o.day, '-' || ${ONCE_IN_DAYS} || ' days')))
          AND (o.day >= o.words_from OR NOT ${hadGift}) AND ${isByGroup ? isForSql(sql`o.audience`, group) : sql`1`}`,
      )
      .orderBy(sql`o.customer_id, o.day DESC`)
      .limit(limit),
  );
}
