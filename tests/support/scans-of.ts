import type { Statement, Store } from '../../db/store.ts';
import { createTestStore } from './test-store.ts';

/** The steps by which the first query of `read` goes through a table whole, as SQLite plans it over an empty database. */
export async function scansOf(read: (db: Store) => Promise<unknown>): Promise<string[]> {
  const store = await createTestStore();
  const asked: Statement[] = [];
  await read({
    ...store,
    read: (statement) => {
      asked.push(statement);
      return store.read(statement);
    },
  });
  const [{ sql = '', args = [] } = {}] = asked;
  const plan = await store.read({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
  return plan.map((row) => String(row[3])).filter((step) => step.startsWith('SCAN'));
}
