import { rmSync } from 'node:fs';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { statement } from '../../db/query.ts';
import type { Store } from '../../db/store.ts';

interface Item {
  type: string;
  name: string;
  table: string;
  sql: string;
}

/**
 * Brings a kept database to the schema of today where that leaves every row as it is: tables without rows are made
 * anew, indexes and triggers too. False when a table that has rows is another one today.
 */
export async function bringOnward(path: string): Promise<boolean> {
  const empty = `${path}.empty`;
  remove(empty);
  const fresh = openEmbedded(empty);
  const kept = openEmbedded(path);
  try {
    await migrate(fresh, Date.now());
    return await adapt(kept, fresh);
  } finally {
    await kept.script('PRAGMA wal_checkpoint(TRUNCATE)');
    kept.close();
    fresh.close();
    remove(empty);
  }
}

async function adapt(kept: Store, fresh: Store): Promise<boolean> {
  const [old, wanted] = [await itemsOf(kept), await itemsOf(fresh)];
  const isWanted = (item: Item) => wanted.some((one) => one.name === item.name && one.sql === item.sql);
  const gone = old.filter((item) => item.type === 'trigger' || !isWanted(item));
  for (const { type, name } of gone) {
    if (type === 'table' && (await kept.read(statement(`SELECT 1 FROM "${name}" LIMIT 1`))).length > 0)
      return false;
  }
  const hasGone = (item: Item) => gone.some((one) => one.type === 'table' && one.name === item.table);
  for (const { type, name } of gone) await kept.script(`DROP ${type} IF EXISTS "${name}"`);
  const stays = (item: Item) => old.some((one) => one.name === item.name) && !gone.includes(item);
  for (const item of wanted) {
    const same = old.find(({ name }) => name === item.name);
    if (same === undefined || !stays(same) || hasGone(item)) await kept.script(item.sql);
  }
  await kept.script('DELETE FROM migrations');
  for (const row of await fresh.read(statement('SELECT * FROM migrations')))
    await kept.write([statement(`INSERT INTO migrations VALUES (${row.map(() => '?').join()})`, ...row)]);
  return String((await itemsOf(kept)).map(({ sql }) => sql)) === String(wanted.map(({ sql }) => sql));
}

/** Tables before their indexes, indexes before triggers, each by name. */
async function itemsOf(db: Store): Promise<Item[]> {
  const rows = await db.read(
    statement(`SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL
      ORDER BY type = 'trigger', type = 'index', name`),
  );
  return rows.map(([type, name, table, sql]) => ({
    type: String(type),
    name: String(name),
    table: String(table),
    sql: String(sql),
  }));
}

export function remove(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}
