import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { praiseSpans } from './level-spans.ts';
import type { Marks } from './load-marks.ts';

/** Follows `account_days`, which was counted before; as `levelSpans` says them. */
const levelsCounted = `WITH
  praised (root_id, from_day, until_day, kind) AS MATERIALIZED (
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?2)),
  days (root_id, day, orders) AS (SELECT d.root_id, d.day, sum(d.order_count)
    FROM json_each(?1) AS listed CROSS JOIN account_days AS d ON d.root_id = listed.value
    WHERE d.order_count > 0 GROUP BY d.root_id, d.day),
  reached (root_id, day, orders) AS (
    SELECT root_id, day, sum(orders) OVER (PARTITION BY root_id ORDER BY day) FROM days),
  own (root_id, first_on, second_on) AS MATERIALIZED (
    SELECT root_id, min(day), min(CASE WHEN orders > 1 THEN day END) FROM reached GROUP BY root_id),
  turns (root_id, day) AS (SELECT root_id, first_on FROM own
    UNION SELECT root_id, second_on FROM own WHERE second_on IS NOT NULL
    UNION SELECT p.root_id, p.from_day FROM praised AS p JOIN own ON own.root_id = p.root_id AND p.from_day > own.first_on
    UNION SELECT p.root_id, p.until_day FROM praised AS p JOIN own ON own.root_id = p.root_id AND p.until_day > own.first_on),
  graded (root_id, day, level, kind) AS (SELECT t.root_id, t.day,
      CASE WHEN p.kind IS NOT NULL THEN 'advocate' WHEN t.day >= own.second_on THEN 'repeat' ELSE 'first' END, p.kind
    FROM turns AS t JOIN own ON own.root_id = t.root_id
    LEFT JOIN praised AS p ON p.root_id = t.root_id AND p.from_day <= t.day AND p.until_day > t.day),
  turned (root_id, day, level, kind, before) AS (
    SELECT root_id, day, level, kind, lag(level) OVER (PARTITION BY root_id ORDER BY day) FROM graded)
  INSERT INTO account_levels (root_id, from_day, until_day, level, before, cause)
  SELECT root_id, day, lead(day) OVER (PARTITION BY root_id ORDER BY day), level, before,
    coalesce(kind, CASE before WHEN 'advocate' THEN 'ended' ELSE 'order' END)
  FROM turned WHERE level IS NOT before`;

/** Finds anew when some root accounts reached which level; a part of the unit that counts their days. */
export function countLevels(
  ids: readonly string[],
  { marks, timeZone }: { marks: Marks; timeZone: string },
): Statement {
  const rows = ids.flatMap((id) => {
    const praises = (marks.get(id)?.praises ?? []).map(({ kind, at }) => ({
      kind,
      day: dayOf(at, timeZone),
    }));
    return praiseSpans(praises).map(({ from, until, kind }) => [id, from, until, kind]);
  });
  return statement(levelsCounted, JSON.stringify(ids), JSON.stringify(rows));
}
