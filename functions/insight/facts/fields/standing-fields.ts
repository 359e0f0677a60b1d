import { type SQL, sql } from 'drizzle-orm';
import { startOfDay } from '../../../ground/platform/business-time.ts';
import type { SegmentAsked, SegmentField } from '../../../ground/segments/segment-field.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { PREMIUM_DAYS_MIN } from '../group.ts';
import { firstOfLast, YEAR_DAYS } from '../level.ts';
import { premiumShare } from '../policies.ts';
import { findMark } from '../premium-mark.ts';
import { isOfAll, purchasesOf, upToToday } from './purchases.ts';

/** How far a relationship has come, and which conversation it is: `levelOf` and `groupOf` as SQL. */
export const standingFields: readonly SegmentField[] = [
  {
    ...{ name: 'account.level', kind: 'choice', choices: ['first', 'repeat', 'advocate'] },
    source: (asked) => {
      if (isOfAll(asked)) return { value: levelBy(ordersNow(asked), asked) };
      return {
        rows: sql`SELECT p.root_id, ${levelBy(sql`p.orders`, asked)} AS value
          FROM (${purchased(asked)}) AS p CROSS JOIN account_facts AS f ON f.account_id = p.root_id`,
      };
    },
  },
  {
    ...{ name: 'account.group', kind: 'choice', choices: ['enquirer', 'buyer', 'premium'] },
    stamp: async (ctx) => {
      const { currency } = await getBusiness(ctx);
      const mark = currency === null ? null : await findMark(ctx.db, { currency });
      return String(mark?.fromMinor ?? '');
    },
    source: async (asked) => {
      const { currency, until } = asked;
      if (currency === null && until === null)
        return { value: groupBy(ordersNow(asked), sql`0`), needsAccount: true };
      const premium = until === null ? markedPremium(asked) : await rankedPremium(asked);
      if (until === null) {
        const isHigh = sql`(${daysNow(asked)} >= ${PREMIUM_DAYS_MIN} AND f.account_id IN (${premium}))`;
        return { value: groupBy(ordersNow(asked), isHigh), needsAccount: true };
      }
      const isHigh = sql`(coalesce(p.days, 0) >= ${PREMIUM_DAYS_MIN} AND f.account_id IN (${premium}))`;
      return {
        rows: sql`SELECT f.account_id AS root_id, ${groupBy(sql`coalesce(p.orders, 0)`, isHigh, until)} AS value
          FROM account_facts AS f CROSS JOIN accounts AS a ON a.id = f.account_id
          LEFT JOIN (${purchased(asked)}) AS p ON p.root_id = f.account_id WHERE ${asked.among(sql`f.account_id`)}`,
      };
    },
  },
  {
    ...{ name: 'account.silentDepartments', kind: 'count', otherwise: 0, takesDays: true },
    source: (asked) => {
      const { from, where, rootId, stands } = purchasesOf({ ...asked, where: {} });
      const department = asked.until === null ? sql`d.department_id` : sql`o.account_id`;
      return {
        rows: sql`SELECT u.root_id, count(*) AS value FROM accounts AS u
          WHERE u.kind = 'department' AND u.withdrawn_at IS NULL AND ${asked.among(sql`u.root_id`)}
            AND NOT EXISTS (SELECT 1 FROM ${from} WHERE ${rootId} = u.root_id AND ${department} = u.id AND ${where} AND ${stands})
          GROUP BY u.root_id`,
      };
    },
  },
];

/** Orders of an account up to today, and the days with any: those of a day to come make nobody a buyer yet. */
const ordersNow = (asked: SegmentAsked) => countedNow(asked, 'orders', sql`f.order_count`);
const daysNow = (asked: SegmentAsked) => countedNow(asked, 'days', sql`f.purchase_days`);

const countedNow = (asked: SegmentAsked, what: 'orders' | 'days', fact: SQL) =>
  sql`coalesce(${upToToday(asked, fact, (one) => sql`SELECT p.${sql.raw(what)} AS value FROM (${purchased(one)}) AS p`)}, 0)`;

/** Orders and purchase days of all time, as far as they exist. */
function purchased(asked: SegmentAsked): SQL {
  const { from, where, rootId, day, stands, orderCount } = purchasesOf({ ...asked, days: null, where: {} });
  return sql`SELECT ${rootId} AS root_id, ${orderCount} AS orders, count(DISTINCT ${day}) AS days FROM ${from}
    WHERE ${where} AND ${stands} GROUP BY ${rootId}`;
}

const praises = ['friend_ordered_at', 'quoted_at', 'recommended_at'];

function levelBy(orders: SQL, { today, timeZone, until }: SegmentAsked): SQL {
  const from = startOfDay(firstOfLast(YEAR_DAYS, today), timeZone);
  const isPraised = sql.join(
    praises.map((column) => {
      const at = sql.raw(`f.${column}`);
      return until === null
        ? sql`coalesce(${at} >= ${from}, 0)`
        : sql`coalesce(${at} BETWEEN ${from} AND ${until}, 0)`;
    }),
    sql` OR `,
  );
  const held = until === null ? sql`0` : wasAdvocate(today);
  return sql`CASE WHEN ${orders} = 0 THEN NULL WHEN ${isPraised} OR ${held} THEN 'advocate' WHEN ${orders} = 1 THEN 'first'
    ELSE 'repeat' END`;
}

/**
 * Facts keep the last praise alone, which may be of later; levels keep since which day each held. What began on the day itself
 * may have begun after the moment, so there the last praise decides.
 */
const wasAdvocate = (
  day: string,
) => sql`EXISTS (SELECT 1 FROM account_levels AS l WHERE l.root_id = f.account_id
  AND l.level = 'advocate' AND l.from_day < ${day} AND (l.until_day IS NULL OR l.until_day > ${day}))`;

function groupBy(orders: SQL, isHigh: SQL, at: number | null = null): SQL {
  return sql`CASE WHEN ${at === null ? isInClubNow : isInClubAt(at)} OR (${orders} > 0 AND ${isHigh}) THEN 'premium'
    WHEN ${orders} > 0 THEN 'buyer' ELSE 'enquirer' END`;
}

/** As `getFacts` reads it. */
const isInClubNow = sql`coalesce(json_extract(a.club_spans, '$[#-1][0]') IS NOT NULL
  AND json_extract(a.club_spans, '$[#-1][1]') IS NULL, 0)`;

const isInClubAt = (at: number) => sql`EXISTS (SELECT 1 FROM json_each(coalesce(a.club_spans, '[]')) AS s
  WHERE s.value ->> 0 <= ${at} AND (s.value ->> 1 IS NULL OR s.value ->> 1 > ${at}))`;

/** Accounts that spent in the last 365 days what the highest spenders did when that was last counted. */
function markedPremium(asked: SegmentAsked): SQL {
  return sql`SELECT y.root_id FROM (${yearSpend(asked)}) AS y
    WHERE y.minor >= (SELECT from_minor FROM premium_marks WHERE currency = ${asked.currency ?? ''})`;
}

/** The highest spenders of the 365 days before a moment, counted for it; equal ones are all among them. */
async function rankedPremium(asked: SegmentAsked): Promise<SQL> {
  const share = policyOf(await getBusiness(asked.ctx), premiumShare);
  const inUse = (column: SQL) => sql`${column} IN (SELECT account_id FROM account_facts)`;
  const everybody = yearSpend({ ...asked, among: inUse });
  return sql`SELECT root_id FROM (SELECT y.root_id, rank() OVER (ORDER BY y.minor DESC) AS place, count(*) OVER () AS n
    FROM (${everybody}) AS y WHERE y.minor > 0) WHERE place <= (n * ${share} + 99) / 100`;
}

function yearSpend(asked: SegmentAsked): SQL {
  const { from, where, rootId, netMinor, currency } = purchasesOf({ ...asked, days: YEAR_DAYS, where: {} });
  return sql`SELECT ${rootId} AS root_id, ${netMinor} AS minor FROM ${from}
    WHERE ${where} AND ${currency} = ${asked.currency ?? ''} GROUP BY ${rootId}`;
}
