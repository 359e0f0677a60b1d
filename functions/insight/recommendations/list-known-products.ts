import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { type NamedProduct, namedProduct } from '../../money/catalogue/product-key.ts';

const KNOWN_MAX = 200;

/** What most accounts bought within the last two years, the most first, as it was counted last. */
export async function listKnownProducts(db: Store): Promise<NamedProduct[]> {
  const rows = await db.read(
    statement(
      `SELECT key, name FROM product_facts WHERE run = (SELECT max(run) FROM product_runs WHERE finished_at IS NOT NULL)
       ORDER BY buyers DESC, key LIMIT ?`,
      KNOWN_MAX,
    ),
  );
  return rows.map(([key, name]) =>
    namedProduct(String(key), name === null || name === undefined ? null : String(name)),
  );
}
