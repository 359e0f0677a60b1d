import { sql } from 'drizzle-orm';
import { ask, statement } from '../../../db/query.ts';
import { customers } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { findWords } from '../../ground/platform/search-words.ts';
import { spellings } from '../portal/search-text.ts';
import type { FoundCustomer } from './types.ts';

/**
 * Customers whose email, member number or name begins with the text, then those that have it anywhere in these or in the
 * key of a source. Of fewer than three letters only beginnings are looked for.
 */
export async function findCustomers(
  db: Store,
  { text, limit }: { text: string; limit: number },
): Promise<FoundCustomer[]> {
  const ids = await findCustomerIds(db, { text, limit });
  const rows = await listPeople(db, ids);
  return ids.flatMap((id) => {
    const person = rows.find((row) => row.id === id);
    if (person === undefined) return [];
    const { claimedAt, ...rest } = person;
    return [{ ...rest, isClaimed: claimedAt !== null }];
  });
}

/** Their ids alone. */
export async function findCustomerIds(
  db: Store,
  { text, limit }: { text: string; limit: number },
): Promise<string[]> {
  const lists = await Promise.all([
    findStarts(db, 'email', [text.toLowerCase()], limit),
    findStarts(db, 'member_number', [normalCode(text)], limit),
    findStarts(db, 'name', spellings(text), limit),
    findWords(db, { index: 'customer_words', text, limit }),
  ]);
  return [...new Set(lists.flat())].slice(0, limit);
}

type Column = 'email' | 'member_number' | 'name';

/** Each start is a walk of its own along the column's index, and stops after as many as are shown. */
async function findStarts(
  db: Store,
  column: Column,
  starts: readonly string[],
  limit: number,
): Promise<string[]> {
  const wanted = starts.filter((start) => start !== '');
  const lists = await Promise.all(
    wanted.map((start) =>
      db.read(
        statement(
          `SELECT id FROM customers WHERE ${column} >= ? AND ${column} < ? AND withdrawn_at IS NULL
           ORDER BY ${column} LIMIT ?`,
          start,
          `${start}\u{10ffff}`,
          limit,
        ),
      ),
    ),
  );
  return lists.flat().map(([id]) => String(id));
}

function listPeople(db: Store, ids: readonly string[]) {
  return ask(db, (builder) =>
    builder
      .select({
        id: customers.id,
        email: customers.email,
        key: sql<
          string | null
        >`(SELECT source || ' ' || key FROM customer_keys WHERE customer_id = ${customers.id}
          ORDER BY source, key LIMIT 1)`,
        name: customers.name,
        memberNumber: customers.memberNumber,
        claimedAt: customers.claimedAt,
      })
      .from(customers)
      .where(
        sql`${customers.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND ${customers.withdrawnAt} IS NULL`,
      ),
  );
}
