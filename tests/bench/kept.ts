import { rmSync } from 'node:fs';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { statement } from '../../db/query.ts';
import { type Store, StoreUnavailable } from '../../db/store.ts';

/**
 * Brings a kept database to the schema of today, where its rows fit into it: a table that changed is made anew and given
 * the columns it still has. False when they do not fit.
 */
export async function bringOnward(path: string): Promise<boolean> {
  const empty = `${path}.empty`;
  remove(empty);
  const fresh = openEmbedded(empty);
  const kept = openEmbedded(path);
  try {
    await migrate(fresh, Date.now());
    if (isSame(await itemsOf(kept), await itemsOf(fresh))) return true;
    // An index of words is filled where it is made, which is in a migration.
    if ((await wordIndexesOf(kept)) !== (await wordIndexesOf(fresh))) return false;
    await kept.script('PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF');
    await adapt(kept, fresh);
    await kept.script('PRAGMA wal_checkpoint(TRUNCATE)');
    return (await kept.read(statement('PRAGMA foreign_key_check'))).length === 0;
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    return false;
  } finally {
    kept.close();
    fresh.close();
    remove(empty);
  }
}

async function adapt(kept: Store, fresh: Store): Promise<void> {
  const [old, wanted] = [await itemsOf(kept), await itemsOf(fresh)];
  const isIn = (items: readonly Item[], item: Item) =>
    items.some((one) => one.name === item.name && one.sql === item.sql);
  const tables = old.filter((item) => item.type === 'table' && !isIn(wanted, item));
  const isOfThem = (item: Item) => tables.some(({ name }) => name === item.table);
  const others = old.filter(
    (item) => item.type === 'trigger' || (item.type === 'index' && (isOfThem(item) || !isIn(wanted, item))),
  );
  for (const { type, name } of others) await kept.script(`DROP ${type} "${name}"`);
  for (const { name } of tables)
    await kept.script(`CREATE TABLE "old ${name}" AS SELECT * FROM "${name}"; DROP TABLE "${name}"`);
  for (const item of wanted) {
    if (!isIn(old, item) || others.some(({ name }) => name === item.name)) await kept.script(item.sql);
    if (item.type === 'table' && isOfThem(item)) await moveRows(kept, item.name);
  }
  for (const { name } of tables) await kept.script(`DROP TABLE "old ${name}"`);
  await kept.script('DELETE FROM migrations');
  for (const row of await fresh.read(statement('SELECT * FROM migrations')))
    await kept.write([statement(`INSERT INTO migrations VALUES (${row.map(() => '?').join()})`, ...row)]);
}

async function moveRows(db: Store, table: string): Promise<void> {
  const [before, now] = [await columnsOf(db, `old ${table}`), await columnsOf(db, table)];
  const both = before.filter((name) => now.includes(name)).map((name) => `"${name}"`);
  await db.script(`INSERT INTO "${table}" (${both}) SELECT ${both} FROM "old ${table}"`);
}

async function columnsOf(db: Store, table: string): Promise<string[]> {
  const rows = await db.read(statement('SELECT name FROM pragma_table_info(?)', table));
  return rows.map(([name]) => String(name));
}

interface Item {
  type: string;
  name: string;
  table: string;
  sql: string;
}

/** Tables before their indexes, indexes before triggers, each by name. */
async function itemsOf(db: Store): Promise<Item[]> {
  const rows = await db.read(
    // Tables inside an index of words come and go with it.
    statement(`SELECT type, name, tbl_name, sql FROM sqlite_master AS one WHERE sql IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM sqlite_master AS index_of_words WHERE index_of_words.sql LIKE 'CREATE VIRTUAL TABLE%'
          AND one.name LIKE index_of_words.name || '\\_%' ESCAPE '\\' AND one.type = 'table')
      ORDER BY type = 'trigger', type = 'index', name`),
  );
  return rows.map(([type, name, table, sql]) => ({
    type: String(type),
    name: String(name),
    table: String(table),
    sql: String(sql),
  }));
}

async function wordIndexesOf(db: Store): Promise<string> {
  const rows = await db.read(
    statement("SELECT sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name"),
  );
  return rows.join();
}

const isSame = (left: readonly Item[], right: readonly Item[]) =>
  String(left.map(({ sql }) => sql)) === String(right.map(({ sql }) => sql));

export function remove(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}
