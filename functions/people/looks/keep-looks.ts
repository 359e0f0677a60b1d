import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import type { Look } from '../../ground/platform/look-book.ts';

export interface NotedLook extends Look {
  at: number;
  /** As history and log name them. */
  actor: string;
}

/** How long a look stands for those of the same kind, by the same, at the same customer. */
export const FOLD_MS = 15 * 60_000;

/** Writes down looks, but those for which another one stands. @throws {StoreUnavailable} when they may not have been written */
export async function keepLooks(db: Pick<Store, 'write'>, looks: readonly NotedLook[]): Promise<void> {
  if (looks.length === 0) return;
  const rows = looks.map(({ at, actor, customerId, what }) => [at, actor, customerId, what]);
  await db.write([
    statement(
      `INSERT INTO customer_looks (id, at, actor, customer_id, what)
       SELECT lower(hex(randomblob(16))), told.at, told.actor, told.customer_id, told.what FROM (
         SELECT json_extract(value, '$[0]') AS at, json_extract(value, '$[1]') AS actor,
           json_extract(value, '$[2]') AS customer_id, json_extract(value, '$[3]') AS what FROM json_each(?)) AS told
       WHERE NOT EXISTS (SELECT 1 FROM customer_looks AS known WHERE known.customer_id = told.customer_id
         AND known.at > told.at - ${FOLD_MS} AND known.at <= told.at AND known.actor = told.actor AND known.what = told.what)`,
      JSON.stringify(rows),
    ),
  ]);
}
