import { describe, expect, test } from 'vitest';
import { keptByPort } from '../../db/append-only.ts';
import { migrate } from '../../db/migrate.ts';
import { assertNoChange } from '../../db/refuse-changes.ts';
import type { Statement, Store } from '../../db/store.ts';
import { triggers } from '../../db/triggers.ts';
import { createTestStore } from '../support/test-store.ts';

const plain = (sql: string): Statement => ({ sql, args: [] });
const columnOf = async (db: Store, table: string) =>
  String((await db.read(plain(`SELECT name FROM pragma_table_info('${table}') LIMIT 1`)))[0]?.[0]);

describe('a row that no trigger guards', () => {
  test('of any such table is neither changed, deleted nor replaced', async () => {
    const db = await createTestStore();
    for (const table of keptByPort) {
      const column = await columnOf(db, table);
      const writes = [
        `UPDATE ${table} SET ${column} = ${column}`,
        `DELETE FROM ${table}`,
        `REPLACE INTO ${table} DEFAULT VALUES`,
        `INSERT OR REPLACE INTO ${table} DEFAULT VALUES`,
        `INSERT INTO ${table} (${column}) VALUES (1) ON CONFLICT DO UPDATE SET ${column} = 2`,
      ].map(plain);
      for (const write of writes) {
        await expect(db.write([write]), write.sql).rejects.toThrow(`refused: ${table} is append-only`);
        await expect(db.writeMany([[write]]), write.sql).rejects.toThrow('is append-only');
      }
    }
  });

  test('has a primary key, so that no other takes its place', async () => {
    const db = await createTestStore();
    for (const table of keptByPort) {
      const [keys] = await db.read(plain(`SELECT count(*) FROM pragma_table_info('${table}') WHERE pk > 0`));
      expect(Number(keys?.[0]), table).toBeGreaterThan(0);
    }
  });
});

test.each([
  ['in quotes', 'DELETE FROM "drop_claims" WHERE 1'],
  ['in quotes of Drizzle', 'update `drop_claims` set id = 1'],
  ['with its schema', 'DELETE FROM main.drop_claims'],
  ['on other lines', 'UPDATE OR IGNORE\n  drop_claims\n SET id = 1'],
  ['behind a common table', 'WITH old AS (SELECT 1) DELETE FROM drop_claims WHERE id IN old'],
])('a table is known %s', (_, sql) => {
  expect(() => assertNoChange(sql)).toThrow('refused: drop_claims is append-only');
});

test.each([
  ['adds a row', 'INSERT INTO drop_claims (id) VALUES (?)'],
  ['reads the table', 'INSERT INTO drop_grants (claim_id) SELECT id FROM drop_claims'],
  ['changes another table by it', 'DELETE FROM drops WHERE id IN (SELECT drop_id FROM drop_claims)'],
  ['changes a table whose name begins like it', 'UPDATE drop_claims_of_a_test SET id = 1'],
])('a statement that %s goes through', (_, sql) => {
  expect(() => assertNoChange(sql)).not.toThrow();
});

test('a trigger of an earlier release is taken away by the migrator', async () => {
  const db = await createTestStore();
  await db.script(`CREATE TRIGGER drop_claims_no_delete BEFORE DELETE ON drop_claims BEGIN
    SELECT RAISE(ABORT, 'refused: drop_claims is append-only'); END`);
  await migrate(db, 0);
  const kept = await db.read(plain(`SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name`));
  expect(kept.flat()).toEqual(triggers.map(({ name }) => name).sort());
});
