import { statement } from '../../../db/query.ts';
import type { Row, Statement, Store } from '../../../db/store.ts';

/** How often something may be tried. `key` must not hold personal data: hash it. */
export interface Limit {
  key: string;
  window_ms: number;
  max: number;
  /**
   * Where the window stands: `first_try` opens it at the first try and closes it `window_ms` later, so a burst may
   * lie on both sides of a border; `last_try` closes it `window_ms` after the newest accepted try, so that no span
   * of that length ever holds more than `max`.
   */
  counts_from?: 'first_try' | 'last_try';
  /** How much one try counts; 1 unless said. */
  cost?: number;
}

export interface Tried {
  ok: boolean;
  /** 0 when `ok`. */
  retry_after_s: number;
}

/** What has to be true in the database for a try to be counted. */
export interface Condition {
  sql: string;
  args: (string | number)[];
}

/** Counts one try, atomically and in the database, so that the limit holds in every process and after a restart. */
export async function countTry(db: Store, limit: Limit & { now: number }): Promise<Tried> {
  const [rows] = await db.write([tryStatement(limit, limit.now)]);
  return readTry(rows, limit, limit.now);
}

/** The statement behind {@link countTry}, for a batch; its rows go to {@link readTry}. */
function tryStatement(limit: Limit, now: number, when: Condition = always): Statement {
  const { key, window_ms, max, counts_from, cost = 1 } = limit;
  const followsTries = counts_from === 'last_try' ? 1 : 0;
  const full = max + 1;
  const first = [key, now, Math.min(cost, full), ...when.args];
  return statement(countUp(when.sql), ...first, window_ms, full, window_ms, followsTries, max);
}

/**
 * One statement for each limit, in their order: a try counts against one only where those before it had room, and only
 * while `when` holds. So whoever is refused by their own limit uses up nobody else's.
 */
export function tryStatements(limits: readonly Limit[], now: number, when: Condition = always): Statement[] {
  return limits.map((limit, index) => tryStatement(limit, now, both(when, roomIn(limits.slice(0, index)))));
}

/** True where none of the limits was exceeded by a try of the same batch. */
export function roomIn(limits: readonly Limit[]): Condition {
  if (limits.length === 0) return always;
  const exceeded = limits.map(() => '(key = ? AND tries > ?)').join(' OR ');
  return {
    sql: `NOT EXISTS (SELECT 1 FROM rate_limits WHERE ${exceeded})`,
    args: limits.flatMap(({ key, max }) => [key, max]),
  };
}

const always: Condition = { sql: 'true', args: [] };

const both = (left: Condition, right: Condition): Condition => ({
  sql: `${left.sql} AND ${right.sql}`,
  args: [...left.args, ...right.args],
});

/** A try that was not counted was refused by none of its limits. */
export function readTry(rows: readonly Row[] | undefined, { window_ms, max }: Limit, now: number): Tried {
  const [start, tries] = rows?.[0] ?? [];
  if (tries === undefined) return { ok: true, retry_after_s: 0 };
  if (Number(tries) <= max) return { ok: true, retry_after_s: 0 };
  return { ok: false, retry_after_s: Math.max(1, Math.ceil((Number(start) + window_ms - now) / 1000)) };
}

/** Whether one more try would be within each of the limits; counts nothing. */
export async function peekTries(db: Store, limits: readonly Limit[], now: number): Promise<Tried[]> {
  const rows = await db.fresh.read(
    statement(
      `SELECT key, window_start, tries FROM rate_limits WHERE key IN (SELECT value FROM json_each(?))`,
      JSON.stringify(limits.map(({ key }) => key)),
    ),
  );
  const byKey = new Map(rows.map(([key, start, tries]) => [String(key), [start ?? 0, Number(tries) + 1]]));
  return limits.map((limit) => {
    const row = byKey.get(limit.key);
    const age = now - Number(row?.[0] ?? Number.NaN);
    const isCounting = age >= 0 && age < limit.window_ms;
    return readTry(isCounting && row !== undefined ? [row] : undefined, limit, now);
  });
}

/** Gives back a try that turned out not to be one to count. */
export function takeBack(limits: readonly Limit[]): Statement[] {
  return limits.map(({ key, max }) =>
    statement('UPDATE rate_limits SET tries = tries - 1 WHERE key = ? AND tries BETWEEN 1 AND ?', key, max),
  );
}

/** A window that a clock set back has put into the future is over, too. What does not fit fills the window. */
const countUp = (
  when: string,
) => `INSERT INTO rate_limits (key, window_start, tries) SELECT ?, ?, ? WHERE ${when}
  ON CONFLICT (key) DO UPDATE SET
  tries = CASE WHEN excluded.window_start - window_start NOT BETWEEN 0 AND ? - 1
    THEN excluded.tries ELSE min(tries + excluded.tries, ?) END,
  window_start = CASE WHEN excluded.window_start - window_start NOT BETWEEN 0 AND ? - 1 OR (? AND tries < ?)
    THEN excluded.window_start ELSE window_start END
  RETURNING window_start, tries`;
