import { statement } from '../../db/query.ts';
import type { Row, Statement, Store } from '../../db/store.ts';

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
}

export interface Tried {
  ok: boolean;
  /** 0 when `ok`. */
  retry_after_s: number;
}

/** Counts one try, atomically and in the database, so that the limit holds in every process and after a restart. */
export async function countTry(db: Store, limit: Limit & { now: number }): Promise<Tried> {
  const [rows] = await db.write([tryStatement(limit, limit.now)]);
  return readTry(rows, limit, limit.now);
}

/** The statement behind {@link countTry}, for a batch; its rows go to {@link readTry}. */
export function tryStatement({ key, window_ms, max, counts_from }: Limit, now: number): Statement {
  const followsTries = counts_from === 'last_try' ? 1 : 0;
  return statement(countUp, key, now, window_ms, max, window_ms, followsTries, max);
}

export function readTry(rows: readonly Row[] | undefined, { window_ms, max }: Limit, now: number): Tried {
  const [start, tries] = rows?.[0] ?? [];
  if (Number(tries) <= max) return { ok: true, retry_after_s: 0 };
  return { ok: false, retry_after_s: Math.max(1, Math.ceil((Number(start) + window_ms - now) / 1000)) };
}

/** A window that a clock set back has put into the future is over, too. */
const countUp = `INSERT INTO rate_limits (key, window_start, tries) VALUES (?, ?, 1) ON CONFLICT (key) DO UPDATE SET
  tries = CASE WHEN excluded.window_start - window_start NOT BETWEEN 0 AND ? - 1 THEN 1 ELSE min(tries, ?) + 1 END,
  window_start = CASE WHEN excluded.window_start - window_start NOT BETWEEN 0 AND ? - 1 OR (? AND tries < ?)
    THEN excluded.window_start ELSE window_start END
  RETURNING window_start, tries`;
