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
 * SQL of who moved between two business days, both included: each account once, from where it stood before the first to where it
 * stood after the last, with the day and cause of the last step. `?1` and `?2` are the days.
 */
export const moved = `(SELECT m.root_id, m.day,
    (SELECT x.before FROM account_levels AS x WHERE x.root_id = m.root_id AND x.from_day >= ?1
      ORDER BY x.from_day LIMIT 1) AS was,
    (SELECT x.level FROM account_levels AS x WHERE x.root_id = m.root_id AND x.from_day = m.day) AS became,
    (SELECT x.cause FROM account_levels AS x WHERE x.root_id = m.root_id AND x.from_day = m.day) AS cause
  FROM (SELECT root_id, max(from_day) AS day FROM account_levels INDEXED BY account_levels_by_day
    WHERE from_day >= ?1 AND from_day <= ?2 GROUP BY root_id) AS m)`;

/** How many accounts went each way; those that came back to where they were are none. */
export async function countMoves(
  db: Store,
  { since, until }: { since: string; until: string },
): Promise<(Move & { accounts: number })[]> {
  const rows = await db.read(
    statement(
      `SELECT was, became, count(*) FROM ${moved} WHERE was IS NOT became GROUP BY was, became`,
      since,
      until,
    ),
  );
  return moveKinds.map((move) => ({
    ...move,
    accounts: Number(rows.find(([was, became]) => was === move.from && became === move.to)?.[2] ?? 0),
  }));
}
