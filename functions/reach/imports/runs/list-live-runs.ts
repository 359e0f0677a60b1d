import type { Store } from '../../../../db/store.ts';
import { listToDo } from './queries.ts';

/** The ids of runs that somebody works on, or will. */
export async function listLiveRuns(db: Store): Promise<string[]> {
  return (await listToDo(db.fresh)).map(({ id }) => id);
}
