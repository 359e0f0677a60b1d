import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import type { RelationshipLevel } from '../facts/level.ts';

/** From the level when the month began to the one it has come to; null for who had bought nothing yet. */
export interface Move {
  from: RelationshipLevel | null;
  to: RelationshipLevel;
}

/** The ways there are, down to the one that no order can undo. */
export const moveKinds = [
  { from: null, to: 'first' },
  { from: null, to: 'repeat' },
  { from: null, to: 'advocate' },
  { from: 'first', to: 'repeat' },
  { from: 'first', to: 'advocate' },
  { from: 'repeat', to: 'advocate' },
  { from: 'advocate', to: 'repeat' },
  { from: 'advocate', to: 'first' },
] as const satisfies readonly Move[];

/** As an address names it. */
export const moveName = ({ from, to }: Move) => `${from ?? 'new'}-${to}`;

/**
 * SQL of whether the row `l` of `account_levels` is the last step of an account within days, `?1` to `?2`, by which it has come
 * from the level `?3`, NULL for none, to `?4`: where it stood before the first of these days, and after the last.
 */
export const isLastOfMove = `l.from_day >= ?1 AND l.from_day <= ?2 AND l.level = ?4
  AND NOT EXISTS (SELECT 1 FROM account_levels AS x WHERE x.root_id = l.root_id AND x.from_day > l.from_day AND x.from_day <= ?2)
  AND (SELECT x.before FROM account_levels AS x WHERE x.root_id = l.root_id AND x.from_day >= ?1
    ORDER BY x.from_day LIMIT 1) IS ?3`;

/**
 * Most accounts take one step within a month, and those are counted in an index alone. Who took several, which their first step
 * shows by its end, is looked up, and counted once from where they stood to where they came.
 */
const counted = `WITH many (root_id) AS MATERIALIZED (SELECT DISTINCT root_id
    FROM account_levels INDEXED BY account_levels_by_level
    WHERE level IN ('first', 'repeat', 'advocate') AND from_day >= ?1 AND from_day <= ?2 AND until_day <= ?2),
  steps (root_id, before, level, day) AS (SELECT x.root_id, x.before, x.level, x.from_day
    FROM many CROSS JOIN account_levels AS x ON x.root_id = many.root_id AND x.from_day >= ?1 AND x.from_day <= ?2)
  SELECT before AS was, level AS became, count(*) AS accounts FROM account_levels INDEXED BY account_levels_by_day
    WHERE from_day >= ?1 AND from_day <= ?2 GROUP BY 1, 2
  UNION ALL SELECT before, level, -count(*) FROM steps GROUP BY 1, 2
  UNION ALL SELECT was, became, count(*) FROM (SELECT DISTINCT root_id,
      first_value(before) OVER (PARTITION BY root_id ORDER BY day) AS was,
      first_value(level) OVER (PARTITION BY root_id ORDER BY day DESC) AS became FROM steps) GROUP BY 1, 2`;

/** How many accounts went each way; those that came back to where they were are none. */
export async function countMoves(
  db: Store,
  { since, until }: { since: string; until: string },
): Promise<(Move & { accounts: number })[]> {
  const rows = await db.read(statement(counted, since, until));
  return moveKinds.map((move) => ({
    ...move,
    accounts: rows
      .filter(([was, became]) => was === move.from && became === move.to)
      .reduce((sum, [, , accounts]) => sum + Number(accounts), 0),
  }));
}
