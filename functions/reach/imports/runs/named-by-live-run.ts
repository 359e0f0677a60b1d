import { statement } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import { listLiveRuns } from './list-live-runs.ts';
import { dryRunName } from './run-tools.ts';

const tables: Readonly<Record<string, readonly string[]>> = {
  import_progress: ['reached', 'told'],
  import_marks: ['unit', 'tally'],
  import_refusals: ['refusals'],
};

/** Whether what a run has come to so far names somebody, given texts by which they are known, in small letters. */
export async function isNamedByLiveRun(db: Store, words: readonly string[]): Promise<boolean> {
  const ids = words.length === 0 ? [] : await listLiveRuns(db);
  if (ids.length === 0) return false;
  const runs = JSON.stringify(ids.flatMap((id) => [id, dryRunName(id)]));
  const names = (column: string) =>
    `EXISTS (SELECT 1 FROM json_each(?) AS word WHERE instr(lower(${column}), word.value) > 0)`;
  const looks = Object.entries(tables).map(
    ([table, columns]) =>
      `SELECT 1 FROM ${table} WHERE run IN (SELECT value FROM json_each(?)) AND (${columns.map(names).join(' OR ')})`,
  );
  const args = Object.values(tables).flatMap((columns) => [
    runs,
    ...columns.map(() => JSON.stringify(words)),
  ]);
  return (await db.read(statement(`${looks.join(' UNION ALL ')} LIMIT 1`, ...args))).length > 0;
}
