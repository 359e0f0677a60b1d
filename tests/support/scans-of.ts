import type { Statement, Store } from '../../db/store.ts';
import { createTestStore } from './test-store.ts';

/** The steps by which the queries of `read` go through a table whole, as SQLite plans them over an empty database. */
export async function scansOf(read: (db: Store) => Promise<unknown>): Promise<string[]> {
  return scansIn(await createTestStore(), read);
}

/** The same over a database that is filled. */
export async function scansIn(store: Store, read: (db: Store) => Promise<unknown>): Promise<string[]> {
  return (await stepsIn(store, read)).flatMap(scansAmong);
}

/** The steps of each query, as SQLite plans them. */
export async function stepsIn(store: Store, read: (db: Store) => Promise<unknown>): Promise<string[][]> {
  const asked: Statement[] = [];
  await read({
    ...store,
    read: (statement) => {
      asked.push(statement);
      return store.read(statement);
    },
  });
  const plans = await Promise.all(
    asked.map(({ sql, args = [] }) => store.read({ sql: `EXPLAIN QUERY PLAN ${sql}`, args })),
  );
  return plans.map((plan) => plan.map((row) => String(row[3])));
}

/** What a query of the query finds, step by step, is no table. */
function scansAmong(steps: readonly string[]): string[] {
  const found = steps
    .filter((step) => step.startsWith('CO-ROUTINE '))
    .map((step) => step.replace('CO-ROUTINE', 'SCAN'));
  return steps.filter((step) => {
    const at = found.indexOf(step);
    if (at !== -1) found.splice(at, 1);
    return step.startsWith('SCAN') && at === -1;
  });
}
