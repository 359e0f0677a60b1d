import type { Store } from '../../db/store.ts';

/** One row of a table again and again, `n` being 1 and on; `set` is SQL of what differs, by column. */
export interface Copies {
  table: string;
  where: string;
  set: Record<string, string>;
}

/** Writes copies of rows without looking whether what they point to is there already. */
export async function copyRows(db: Store, { copies, many }: { copies: readonly Copies[]; many: number }) {
  await db.script('PRAGMA foreign_keys = OFF');
  for (const { table, where, set } of copies) {
    const columns = (await db.read({ sql: `SELECT name FROM pragma_table_info('${table}')`, args: [] })).map(
      ([name]) => String(name),
    );
    const values = columns.map((column) => set[column] ?? column);
    await db.write([
      {
        sql: `WITH RECURSIVE seq (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < ${many})
          INSERT INTO ${table} (${columns.join(', ')})
          SELECT ${values.join(', ')} FROM seq CROSS JOIN (SELECT * FROM ${table} WHERE ${where} LIMIT 1)`,
        args: [],
      },
    ]);
  }
  await db.script('PRAGMA foreign_keys = ON');
}

/** The rows of a customer that orders made, with their own account, as copies of them are told apart. */
export function copiesOfCustomer(customerId: string): Copies[] {
  return [
    {
      ...{ table: 'customers', where: `id = '${customerId}'` },
      set: { id: "'c' || n", email: "'c' || n || '@example.com'", member_number: 'NULL' },
    },
    {
      ...{ table: 'accounts', where: `owner_id = '${customerId}'` },
      set: { id: "'a' || n", root_id: "'a' || n", owner_id: "'c' || n", form: 'form' },
    },
    {
      ...{ table: 'memberships', where: `customer_id = '${customerId}'` },
      set: { account_id: "'a' || n", customer_id: "'c' || n" },
    },
  ];
}
