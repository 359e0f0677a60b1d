import { eq, sql } from 'drizzle-orm';
import { query, statement } from '../../../db/query.ts';
import { clubSweeps } from '../../../db/schema/index.ts';
import type { Statement, Store } from '../../../db/store.ts';

const find = query((db) =>
  db
    .select({ position: clubSweeps.position })
    .from(clubSweeps)
    .where(eq(clubSweeps.name, sql.placeholder('name'))),
);

/** The business day on which something was last done for all members, or the moment since which it is; null for never. */
export async function findSweep(db: Store, name: string): Promise<string | null> {
  const [row] = await find(db, { name });
  return row?.position ?? null;
}

/** As if it was never done. */
export function forgetSweep(name: string): Statement {
  return statement('DELETE FROM club_sweeps WHERE name = ?', name);
}

export function markSwept(name: string, position: string): Statement {
  return statement(
    `INSERT INTO club_sweeps (name, terms, position) VALUES (?, '', ?)
     ON CONFLICT (name) DO UPDATE SET position = excluded.position`,
    name,
    position,
  );
}
