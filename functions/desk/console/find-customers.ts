import { sql } from 'drizzle-orm';
import { ask, statement } from '../../../db/query.ts';
import { customers } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import type { FoundByText } from '../../ground/platform/search-words.ts';
import { findByWords } from '../../people/customers/find-by-words.ts';
import { spellings } from '../portal/search-text.ts';
import type { FoundCustomer } from './types.ts';

/** A text to find customers by, how many, and whether by their telephone, too: for who may read it. */
export interface CustomersSought {
  text: string;
  limit: number;
  isPrivate: boolean;
}

/**
 * Customers whose email, member number or name begins with the text, then those that have it anywhere in these, in the key
 * of a source or in their telephone. Of fewer than three letters only beginnings are looked for.
 */
export async function findCustomers(db: Store, sought: CustomersSought): Promise<FoundCustomer[]> {
  const { ids } = await findCustomerIds(db, sought);
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
  { text, limit, isPrivate }: CustomersSought,
): Promise<FoundByText> {
  const [words, ...starts] = await Promise.all([
    findByWords(db, { text, limit, isPrivate }),
    findStarts(db, 'email', [text.toLowerCase()], limit + 1),
    findStarts(db, 'member_number', [normalCode(text)], limit + 1),
    findStarts(db, 'name', spellings(text), limit + 1),
  ]);
  const ids = [...new Set([...starts.flat(), ...words.ids])];
  return { ids: ids.slice(0, limit), isCut: words.isCut || ids.length > limit };
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
