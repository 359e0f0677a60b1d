import type { Statement, Store } from '../../../db/store.ts';
import { NOTED_STEPS } from '../../reach/imports/runs/archive-rows.ts';

/** What is done of an archive that comes in, across its turns. */
export interface NotedSteps {
  /** What was noted of it; null when it is not done. */
  find: (step: string) => string | null;
  /** Rides along with the write that does it; it is known once `done` was called. */
  note: (step: string, detail: string) => { rides: Statement; done: () => void };
  /** Writes it by itself. */
  keep: (step: string, detail: string) => Promise<void>;
}

/** What was noted so far is read once. */
export async function openNotedSteps(db: Store, table: string): Promise<NotedSteps> {
  const sql = `SELECT part, place, key FROM ${table} WHERE file = ?`;
  const rows = await db.fresh.read({ sql, args: [NOTED_STEPS] });
  const noted = new Map(
    rows.map(([step, place, detail]) => [String(step), { place: Number(place), detail: String(detail) }]),
  );
  let next = rows.reduce((after, [, place]) => Math.max(after, Number(place) + 1), 0);
  const note: NotedSteps['note'] = (step, detail) => {
    const place = noted.get(step)?.place ?? next++;
    return {
      rides: {
        sql: `INSERT INTO ${table} (file, place, part, line, key, row) VALUES (?, ?, ?, 0, ?, '[]')
          ON CONFLICT (file, place) DO UPDATE SET key = excluded.key`,
        args: [NOTED_STEPS, place, step, detail],
      },
      done: () => noted.set(step, { place, detail }),
    };
  };
  return {
    find: (step) => noted.get(step)?.detail ?? null,
    note,
    keep: async (step, detail) => {
      const { rides, done } = note(step, detail);
      await db.write([rides]);
      done();
    },
  };
}
