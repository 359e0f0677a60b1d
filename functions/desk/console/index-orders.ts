import { asc, eq, sql } from 'drizzle-orm';
import { query, statement } from '../../../db/query.ts';
import { orders, searchProgress } from '../../../db/schema/index.ts';
import { productsOf } from '../../../db/search-triggers.ts';
import { type Store, StoreConflict } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { firstIdAt } from '../../ground/platform/ids.ts';
import { bareNumber } from '../../ground/platform/search-words.ts';
import { spellings } from '../portal/search-text.ts';

const ORDERS_PER_STEP = 500;
/** The other jobs wait meanwhile: what is left is for the next minute. */
const STEPS_PER_RUN = 100;
/** An order's id is made before its row is written: so long a row with an older id may still come. */
const STILL_COMING_MS = 60_000;
/** Of the newest orders that are not indexed yet so many are looked through by each search. */
const UNINDEXED_MAX = 2000;

type IndexName = 'order_words' | 'product_words';

/**
 * Brings new orders into the indexes that find them by any part of their number and of what was bought, in steps: off the
 * path of an order, and many in one commit.
 */
export async function indexOrders(ctx: Context): Promise<number> {
  const db = ctx.db.fresh;
  const numbers = await fill(db, 'order_words', async (after) => {
    const before = firstIdAt(ctx.now() - STILL_COMING_MS);
    const found = await listNumbers(db, { after, before, limit: ORDERS_PER_STEP });
    return found.map(({ id, number }) => ({ id, text: bareNumber(number) }));
  });
  // Rows of that index are named by the step above.
  const named = await afterId(db, 'order_words');
  const products = await fill(db, 'product_words', (after) =>
    listProducts(db, { after, named, limit: ORDERS_PER_STEP }),
  );
  return Math.max(numbers, products);
}

/** The newest of the orders whose numbers are in no index yet. */
export function listUnindexed(db: Store): Promise<{ id: string; number: string }[]> {
  return listNewest(db, { name: 'order_words' });
}

/** Of the newest orders whose products are in no index yet, those with the text in what was bought. */
export async function findUnindexedProducts(db: Store, text: string): Promise<string[]> {
  const newest = await listNewest(db, { name: 'product_words' });
  const rows = await db.read(
    statement(
      `SELECT DISTINCT order_id FROM order_lines WHERE order_id IN (SELECT value FROM json_each(?1))
       AND EXISTS (SELECT 1 FROM json_each(?2) WHERE instr(coalesce(product, '') || char(10) || coalesce(sku, ''), value) > 0)`,
      JSON.stringify(newest.map(({ id }) => id)),
      JSON.stringify(spellings(text)),
    ),
  );
  return rows.map(([id]) => String(id));
}

interface Indexed {
  id: string;
  text: string;
}

async function fill(
  db: Store,
  name: IndexName,
  list: (after: string) => Promise<Indexed[]>,
): Promise<number> {
  let indexed = 0;
  for (let step = 0; step < STEPS_PER_RUN; step += 1) {
    const after = await afterId(db, name);
    const found = await list(after);
    const last = found.at(-1);
    if (last === undefined || !(await keep(db, { name, after, last: last.id, found }))) break;
    indexed += found.length;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return indexed;
}

/** False when another process was faster: nothing was written. */
async function keep(
  db: Store,
  { name, after, last, found }: { name: IndexName; after: string; last: string; found: readonly Indexed[] },
): Promise<boolean> {
  const texts = JSON.stringify(found.map(({ id, text }) => [id, text]));
  const naming = statement(
    `INSERT INTO search_texts (subject_id) SELECT value ->> 0 FROM json_each(?) ORDER BY value ->> 0`,
    texts,
  );
  try {
    await db.write([
      ...(name === 'order_words' ? [naming] : []),
      statement(
        `INSERT INTO ${name} (rowid, text) SELECT s.id, t.value ->> 1 FROM json_each(?) AS t
         JOIN search_texts AS s ON s.subject_id = t.value ->> 0`,
        texts,
      ),
      // Not null: a step that somebody else took refuses this one.
      statement(
        `INSERT INTO search_progress (name, after_id) VALUES (?, ?)
         ON CONFLICT (name) DO UPDATE SET after_id = CASE WHEN after_id = ? THEN excluded.after_id END`,
        name,
        last,
        after,
      ),
    ]);
    return true;
  } catch (error) {
    if (error instanceof StoreConflict) return false;
    throw error;
  }
}

async function afterId(db: Store, name: IndexName): Promise<string> {
  return (await findProgress(db, { name }))[0]?.afterId ?? '';
}

const findProgress = query((db) =>
  db
    .select()
    .from(searchProgress)
    .where(eq(searchProgress.name, sql.placeholder('name'))),
);

const numbered = { id: orders.id, number: orders.number };

const listNumbers = query((db) =>
  db
    .select(numbered)
    .from(orders)
    .where(sql`${orders.id} > ${sql.placeholder('after')} AND ${orders.id} < ${sql.placeholder('before')}`)
    .orderBy(asc(orders.id))
    .limit(sql.placeholder('limit')),
);

const listProducts = query((db) =>
  db
    .select({
      id: orders.id,
      text: sql<string>`${sql.raw(productsOf('orders.id'))}`.mapWith(String),
    })
    .from(orders)
    .where(sql`${orders.id} > ${sql.placeholder('after')} AND ${orders.id} <= ${sql.placeholder('named')}`)
    .orderBy(asc(orders.id))
    .limit(sql.placeholder('limit')),
);

const listNewest = query((db) =>
  db
    .select(numbered)
    .from(orders)
    .where(
      sql`${orders.id} > coalesce((SELECT after_id FROM search_progress WHERE name = ${sql.placeholder('name')}), '')`,
    )
    .orderBy(sql`${orders.id} DESC`)
    .limit(UNINDEXED_MAX),
);
