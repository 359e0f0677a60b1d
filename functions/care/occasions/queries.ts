import { type SQL, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { customerDays } from '../../../db/schema/index.ts';
import { ONCE_IN_DAYS } from './occasion-day.ts';

/** Who of some customers was wished well since a moment; `ids` is a JSON array. */
export const listToldOn = query((db) =>
  db
    .selectDistinct({ customerId: sql<string>`w.customer_id` })
    .from(
      sql`json_each(${sql.placeholder('ids')}) AS wanted CROSS JOIN occasion_wishes AS w ON w.customer_id = wanted.value`,
    )
    .where(sql`w.outcome IN ('told', 'merged') AND w.at >= ${sql.placeholder('since')}`),
);

/**
 * SQL of whether somebody was given anything for a kind of day within 300 days before or after one. What was told to who was merged
 * into them counts.
 */
export const giftedSql = ({ customerId, kind, day }: { customerId: SQL; kind: SQL; day: SQL }): SQL =>
  sql`EXISTS (SELECT 1 FROM occasion_wishes AS g WHERE g.customer_id = ${customerId} AND g.kind = ${kind}
    AND (g.gift_minor > 0 OR g.outcome = 'merged')
    AND g.day > date(${day}, '-' || ${ONCE_IN_DAYS} || ' days') AND g.day < date(${day}, '+' || ${ONCE_IN_DAYS} || ' days'))`;

/** Whether somebody is there and was not told of an occasion of this year, nor within 300 days; and whether they had a gift. */
export const findUntold = queryOne((db) =>
  db
    .select({
      hadGift: giftedSql({
        customerId: sql`c.id`,
        kind: sql`${sql.placeholder('kind')}`,
        day: sql`${sql.placeholder('day')}`,
      }).mapWith(readFlag),
    })
    .from(sql`customers AS c`)
    .where(
      sql`c.id = ${sql.placeholder('customerId')} AND c.claimed_at IS NOT NULL AND c.closed_at IS NULL AND c.withdrawn_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM occasion_wishes AS w WHERE w.customer_id = c.id AND w.kind = ${sql.placeholder('kind')}
          AND w.day_id = ${sql.placeholder('dayId')} AND (w.year = ${sql.placeholder('year')}
            OR w.day > date(${sql.placeholder('day')}, '-' || ${ONCE_IN_DAYS} || ' days')))`,
    ),
);

/** The days of their own that somebody has told, in the order of the calendar. */
export const listDays = query((db) =>
  db
    .select({ id: customerDays.id, name: customerDays.name, day: customerDays.day, year: customerDays.year })
    .from(customerDays)
    .where(
      sql`${customerDays.customerId} = ${sql.placeholder('customerId')} AND ${customerDays.endedAt} IS NULL`,
    )
    .orderBy(customerDays.day, customerDays.id),
);

/** What standing wishes gave some root accounts; `ids` is a JSON array. */
export const listGiven = query((db) =>
  db
    .select({
      id: sql<string>`w.id`,
      rootId: sql<string>`w.root_id`,
      giftMinor: sql<bigint>`w.gift_minor`.mapWith(BigInt),
    })
    .from(
      sql`json_each(${sql.placeholder('ids')}) AS wanted CROSS JOIN occasion_wishes AS w ON w.root_id = wanted.value`,
    )
    .where(sql`w.gift_minor > 0`),
);
