import { asc, eq, sql } from 'drizzle-orm';
import { query, statement } from '../../db/query.ts';
import { orders, searchProgress } from '../../db/schema/index.ts';
import { type Store, StoreConflict } from '../../db/store.ts';
import type { Context } from '../platform/context.ts';
import { firstIdAt } from '../platform/ids.ts';
import { bareNumber } from '../platform/search-words.ts';

const ORDERS_PER_STEP = 500;
/** The other jobs wait meanwhile: what is left is for the next minute. */
const STEPS_PER_RUN = 100;
/** An order's id is made before its row is written: so long a row with an older id may still come. */
const STILL_COMING_MS = 60_000;
/** Of the newest orders that are not indexed yet so many are looked through by each search. */
const UNINDEXED_MAX = 2000;
const NAME = 'order_words';

/**
 * Brings the numbers of new orders into the index that finds them by any part, in steps: off the path of an order, and
 * many in one commit.
 */
export async function indexOrders(ctx: Context): Promise<number> {
  const db = ctx.db.fresh;
  let indexed = 0;
  for (let step = 0; step < STEPS_PER_RUN; step += 1) {
    const [after, before] = [await afterId(db), firstIdAt(ctx.now() - STILL_COMING_MS)];
    const found = await listNumbers(db, { after, before, limit: ORDERS_PER_STEP });
    const last = found.at(-1);
    if (last === undefined || !(await keep(db, { after, last: last.id, found }))) break;
    indexed += found.length;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return indexed;
}

/** The newest of the orders that are in no index yet. */
export function listUnindexed(db: Store): Promise<{ id: string; number: string }[]> {
  return listNewest(db, { name: NAME });
}

interface Numbered {
  id: string;
  number: string;
}

/** False when another process was faster: nothing was written. */
async function keep(
  db: Store,
  { after, last, found }: { after: string; last: string; found: readonly Numbered[] },
): Promise<boolean> {
  const texts = JSON.stringify(found.map(({ id, number }) => [id, bareNumber(number)]));
  try {
    await db.write([
      statement(
        `INSERT INTO search_texts (subject_id) SELECT value ->> 0 FROM json_each(?) ORDER BY value ->> 0`,
        texts,
      ),
      statement(
        `INSERT INTO order_words (rowid, text) SELECT s.id, t.value ->> 1 FROM json_each(?) AS t
         JOIN search_texts AS s ON s.subject_id = t.value ->> 0`,
        texts,
      ),
      statement(
        `INSERT INTO search_progress (name, after_id) VALUES (?, ?)
         ON CONFLICT (name) DO UPDATE SET after_id = excluded.after_id WHERE after_id = ?`,
        NAME,
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

async function afterId(db: Store): Promise<string> {
  return (await findProgress(db, { name: NAME }))[0]?.afterId ?? '';
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
