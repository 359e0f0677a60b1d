import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { countLevels } from './count-levels.ts';
import { countYears } from './count-years.ts';
import type { Marks } from './load-marks.ts';

/** Of a line, an order or a refund: what stands of it. An order that cost nothing stands. */
const stands = (of: string) =>
  `(${of}.refunded_minor < ${of}.total_minor - ${of}.discount_minor OR ${of}.total_minor = ${of}.discount_minor)`;

/** Root accounts of a list that are in use, under the name `a`. */
const counted = `json_each(?1) AS listed CROSS JOIN accounts AS a
  ON a.id = listed.value AND a.id = a.root_id AND a.withdrawn_at IS NULL`;

const emptied = ['account_days', 'account_categories', 'account_levels'].map(
  (table) => `DELETE FROM ${table} WHERE root_id IN (SELECT value FROM json_each(?1))`,
);

const daysCounted = (day: string) => `INSERT INTO account_days
    (root_id, day, department_id, currency, order_count, spend_minor, refunded_minor)
  SELECT a.id, coalesce(o.placed_on, ${day}), CASE o.account_id WHEN a.id THEN '' ELSE o.account_id END, o.currency,
    sum(${stands('o')}), sum(o.total_minor - o.discount_minor - o.refunded_minor), sum(o.refunded_minor)
  FROM ${counted} CROSS JOIN orders AS o ON o.root_id = a.id AND o.is_cancelled = 0 GROUP BY 1, 2, 3, 4`;

const categoriesCounted = (day: string) => `INSERT INTO account_categories
    (root_id, category, currency, order_count, spend_minor, last_on)
  SELECT a.id, coalesce(l.category, ''), o.currency,
    count(DISTINCT CASE WHEN ${stands('o')} AND ${stands('l')} THEN o.id END),
    sum(l.total_minor - l.discount_minor - l.refunded_minor),
    max(CASE WHEN ${stands('o')} AND ${stands('l')} THEN coalesce(o.placed_on, ${day}) END)
  FROM ${counted} CROSS JOIN orders AS o ON o.root_id = a.id AND o.is_cancelled = 0
  CROSS JOIN order_lines AS l ON l.order_id = o.id GROUP BY 1, 2, 3`;

/** Follows `account_days`, which was counted before; intervals as `intervalOf` says them. */
const factsCounted = `WITH
  days (root_id, orders, days, first_on, last_on) AS MATERIALIZED (
    SELECT d.root_id, sum(d.order_count), count(DISTINCT d.day), min(d.day), max(d.day)
    FROM json_each(?1) AS listed CROSS JOIN account_days AS d ON d.root_id = listed.value
    WHERE d.order_count > 0 GROUP BY d.root_id),
  gaps (root_id, gap) AS (SELECT b.root_id,
      CAST(julianday(b.day) - julianday(lag(b.day) OVER (PARTITION BY b.root_id ORDER BY b.day)) AS INTEGER)
    FROM (SELECT DISTINCT d.root_id, d.day FROM days CROSS JOIN account_days AS d
      ON d.root_id = days.root_id AND d.order_count > 0 WHERE days.days > 1) AS b),
  placed (root_id, gap, place, n) AS (SELECT g.root_id, g.gap, row_number() OVER (PARTITION BY g.root_id ORDER BY g.gap),
    days.days - 1 FROM gaps AS g JOIN days ON days.root_id = g.root_id WHERE g.gap IS NOT NULL),
  habits (root_id, half_days, lower_days, upper_days) AS (SELECT root_id,
    sum(gap * ((place = (n + 1) / 2) + (place = n / 2 + 1))),
    sum(gap * (place = (n + 3) / 4)), sum(gap * (place = (3 * n + 3) / 4)) FROM placed GROUP BY root_id),
  marks (id, friend_at, quoted_at, recommended_at, heard_at) AS (SELECT value ->> 0, value ->> 1, value ->> 2,
    value ->> 3, value ->> 4 FROM json_each(?2))
  INSERT INTO account_facts (account_id, counted_seq, order_count, purchase_days, first_on, last_on, interval_half_days,
    interval_lower_days, interval_upper_days, friend_ordered_at, quoted_at, recommended_at, heard_at)
  SELECT a.id, a.history_seq, coalesce(d.orders, 0), coalesce(d.days, 0), d.first_on, d.last_on, h.half_days, h.lower_days,
    h.upper_days, m.friend_at, m.quoted_at, m.recommended_at, m.heard_at
  FROM ${counted} LEFT JOIN days AS d ON d.root_id = a.id LEFT JOIN habits AS h ON h.root_id = a.id
  LEFT JOIN marks AS m ON m.id = a.id`;

/**
 * Counts some root accounts anew from all their orders, whatever was counted of them before: the statements of one unit, which
 * see them at one moment. `day` is SQL of the business day on which an order `o` was placed; `today` is one, too.
 */
export function countAccounts(
  ids: readonly string[],
  { marks, day, ...of }: { marks: Marks; day: string; today: string; timeZone: string },
): Statement[] {
  const list = JSON.stringify(ids);
  const rows = ids.flatMap((id) => {
    const of = marks.get(id);
    return of ? [[id, of.friendOrderedAt, of.quotedAt, of.recommendedAt, of.heardAt]] : [];
  });
  return [
    ...emptied.map((sql) => statement(sql, list)),
    statement('DELETE FROM account_facts WHERE account_id IN (SELECT value FROM json_each(?1))', list),
    statement(daysCounted(day), list),
    statement(categoriesCounted(day), list),
    statement(factsCounted, list, JSON.stringify(rows)),
    countLevels(ids, { marks, timeZone: of.timeZone }),
    ...countYears(ids, of.today),
  ];
}
