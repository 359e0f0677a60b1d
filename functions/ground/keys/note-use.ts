import { statement } from '../../../db/query.ts';
import { type Store, StoreUnavailable } from '../../../db/store.ts';
import type { FoundKey } from './find-key.ts';

/** Keys whose use of a day this process has written down, by id. */
const noted = new Map<string, string>();
const NOTED_MOST = 1000;

/**
 * Keeps on which day a key was last used: one write a day, not one a request. A database that takes no writes loses a
 * day's mark and nothing else.
 */
export async function noteUse(db: Store, key: FoundKey, now: number): Promise<void> {
  const day = new Date(now).toISOString().slice(0, 10);
  if (key.lastUsedOn === day || noted.get(key.id) === day) return;
  if (noted.size >= NOTED_MOST) noted.clear();
  noted.set(key.id, day);
  try {
    await db.write([
      statement(
        'UPDATE api_keys SET last_used_on = ?1 WHERE id = ?2 AND coalesce(last_used_on, ?3) < ?1',
        day,
        key.id,
        '',
      ),
    ]);
  } catch (error) {
    noted.delete(key.id);
    if (!(error instanceof StoreUnavailable)) throw error;
  }
}
