import { eq, sql } from 'drizzle-orm';
import { query, statement } from '../../../db/query.ts';
import { customers, orders } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { bareNumber, findWords, isWord } from '../../ground/platform/search-words.ts';
import { statusOf } from '../portal/order-summary.ts';
import { listUnindexed } from './index-orders.ts';
import type { FoundOrder } from './types.ts';

/**
 * Orders whose number begins with the text, the number itself first, then those that have its letters and digits
 * anywhere in their number, what came in last first.
 */
export async function findOrders(
  db: Store,
  { text, limit }: { text: string; limit: number },
): Promise<FoundOrder[]> {
  const ids = await findOrderIds(db, { text, limit });
  const rows = await listOrders(db, { ids: JSON.stringify(ids) });
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id);
    if (row === undefined) return [];
    const { placedAt, placedOn, status, id: _, ...order } = row;
    return [{ ...order, placedAt: { at: placedAt, day: placedOn }, status: statusOf(status) }];
  });
}

/** Their ids alone. */
export async function findOrderIds(
  db: Store,
  { text, limit }: { text: string; limit: number },
): Promise<string[]> {
  const lists = await Promise.all([findByStart(db, { text, limit }), findByPart(db, { text, limit })]);
  return [...new Set(lists.flat())].slice(0, limit);
}

/** The index leads with the source, of which there are few: each is walked by itself, and no further than is shown. */
async function findByStart(db: Store, { text, limit }: { text: string; limit: number }): Promise<string[]> {
  const plain = text.replace(/^#/, '');
  const starts = [...new Set([text, text.toUpperCase(), plain, plain.toUpperCase(), `#${plain}`])];
  const rows = await db.read(
    statement(
      `WITH RECURSIVE sources(name) AS (SELECT min(source) FROM orders UNION ALL
         SELECT (SELECT min(source) FROM orders WHERE source > sources.name) FROM sources WHERE name IS NOT NULL)
       SELECT found.value ->> 0, found.value ->> 1 FROM sources CROSS JOIN json_each(?) AS start CROSS JOIN json_each((
         SELECT json_group_array(json_array(id, number)) FROM (SELECT id, number FROM orders
           WHERE source = sources.name AND number >= start.value AND number < start.value || char(1114111)
           ORDER BY number LIMIT ?))) AS found WHERE sources.name IS NOT NULL`,
      JSON.stringify(starts.filter((start) => start !== '' && start !== '#')),
      limit,
    ),
  );
  const found = rows.map(([id, number]) => ({ id: String(id), number: String(number) }));
  return found
    .sort((a, b) => a.number.length - b.number.length || (a.number < b.number ? -1 : 1))
    .map(({ id }) => id);
}

/** In the index of words, and in the orders that the job has yet to put into it. */
async function findByPart(db: Store, { text, limit }: { text: string; limit: number }): Promise<string[]> {
  const bare = bareNumber(text);
  if (!isWord(bare)) return [];
  const [recent, indexed] = await Promise.all([
    listUnindexed(db),
    findWords(db, { index: 'order_words', text: bare, limit }),
  ]);
  const fresh = recent.filter(({ number }) => bareNumber(number).includes(bare)).map(({ id }) => id);
  return [...fresh, ...indexed];
}

const listOrders = query((db) =>
  db
    .select({
      id: orders.id,
      customerId: orders.customerId,
      email: customers.email,
      source: orders.source,
      number: orders.number,
      placedAt: orders.placedAt,
      placedOn: orders.placedOn,
      status: orders.status,
    })
    .from(orders)
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .where(sql`${orders.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`),
);
