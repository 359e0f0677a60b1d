import { statement } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import { type FoundByText, findWords, isWord } from '../../../ground/platform/search-words.ts';
import { findCustomerIds } from '../find-customers.ts';
import { findOrderIds } from '../find-orders.ts';
import { findUnindexedProducts } from '../index-orders.ts';

/** So many orders of each kind are looked for: by number, by customer, by what was bought. */
const FOUND_MAX = 500;
const CUSTOMERS_MAX = 50;

/**
 * Orders that have the text in their number, in who bought, or in what was bought; the newest of many. It reads no more
 * than that, however many orders there are.
 */
export async function findByText(
  db: Store,
  { text, isPrivate }: { text: string; isPrivate: boolean },
): Promise<FoundByText> {
  const [ofPeople, ...lists] = await Promise.all([
    findByCustomer(db, { text, isPrivate }),
    findOrderIds(db, { text, limit: FOUND_MAX }),
    ...(isWord(text)
      ? [findWords(db, { index: 'product_words', text, limit: FOUND_MAX }), findUnindexedProducts(db, text)]
      : []),
  ]);
  const all = [...lists, ofPeople.ids];
  return {
    ids: [...new Set(all.flat())],
    isCut: ofPeople.isCut || all.some(({ length }) => length >= FOUND_MAX),
  };
}

/** Found through the accounts that somebody belongs to, each of which lists its orders. */
async function findByCustomer(
  db: Store,
  { text, isPrivate }: { text: string; isPrivate: boolean },
): Promise<FoundByText> {
  const { ids: people, isCut } = await findCustomerIds(db, { text, limit: CUSTOMERS_MAX, isPrivate });
  if (people.length === 0) return { ids: [], isCut };
  const rows = await db.read(
    statement(
      `WITH people(id) AS (SELECT value FROM json_each(?))
       SELECT id FROM orders INDEXED BY orders_root_placed WHERE root_id IN (
         SELECT a.root_id FROM people JOIN memberships AS m ON m.customer_id = people.id JOIN accounts AS a ON a.id = m.account_id)
       AND customer_id IN (SELECT id FROM people) ORDER BY placed_at DESC LIMIT ?`,
      JSON.stringify(people),
      FOUND_MAX,
    ),
  );
  return { ids: rows.map(([id]) => String(id)), isCut };
}
