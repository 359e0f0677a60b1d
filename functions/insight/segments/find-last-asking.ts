import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';

/** When any segment was last asked of everybody; 0 before the first time. */
export async function findLastAsking(db: Store): Promise<number> {
  const [row] = await db.read(statement('SELECT coalesce(max(at), 0) FROM segment_askings'));
  return Number(row?.[0] ?? 0);
}
