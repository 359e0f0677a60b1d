import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';

/** What a customer answered they would like to hear about; null where they have not, or would not. */
export async function findInterests(db: Store, customerId: string): Promise<string | null> {
  const [row] = await db.read(
    statement(
      "SELECT answer FROM profile_answers WHERE customer_id = ? AND question = 'interests'",
      customerId,
    ),
  );
  return row?.[0] === null || row?.[0] === undefined ? null : String(row[0]);
}

/** The same of everybody of some root accounts, by account. */
export async function listInterests(
  db: Store,
  rootIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db.read(
    statement(
      `SELECT a.root_id, p.answer FROM json_each(?) AS listed CROSS JOIN accounts AS a ON a.root_id = listed.value
       JOIN memberships AS m ON m.account_id = a.id AND m.until IS NULL
       JOIN profile_answers AS p ON p.customer_id = m.customer_id AND p.question = 'interests'
       WHERE p.answer IS NOT NULL GROUP BY 1, 2`,
      JSON.stringify(rootIds),
    ),
  );
  return new Map(
    [...Map.groupBy(rows, ([root]) => String(root))].map(([root, told]) => [
      root,
      told.map(([, answer]) => String(answer)),
    ]),
  );
}
