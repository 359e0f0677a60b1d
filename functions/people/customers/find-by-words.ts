import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { type FoundByText, findCheckedWords, findWords } from '../../ground/platform/search-words.ts';

/**
 * Customers that have the text anywhere in their email, name, member number or the key of a source, what came in last first;
 * in their telephone, too, for who may read it: otherwise a search would tell it digit by digit.
 */
export async function findByWords(
  db: Store,
  { text, limit, isPrivate }: { text: string; limit: number; isPrivate: boolean },
): Promise<FoundByText> {
  const index = 'customer_words';
  if (!isPrivate) return findCheckedWords(db, { index, text, limit }, (ids) => haveOpenly(db, { text, ids }));
  const ids = await findWords(db, { index, text, limit: limit + 1 });
  return { ids: ids.slice(0, limit), isCut: ids.length > limit };
}

/** Of these customers those that have the text in what everybody reads of them. */
async function haveOpenly(
  db: Store,
  { text, ids }: { text: string; ids: readonly string[] },
): Promise<string[]> {
  const rows = await db.read(
    statement(
      `SELECT c.id, concat_ws(char(10), c.email, c.name, c.member_number, replace(c.member_number, '-', ''),
         (SELECT group_concat(key, char(10)) FROM customer_keys WHERE customer_id = c.id))
       FROM json_each(?) AS found CROSS JOIN customers AS c ON c.id = found.value`,
      JSON.stringify(ids),
    ),
  );
  const part = text.toLowerCase();
  return rows.filter(([, open]) => String(open).toLowerCase().includes(part)).map(([id]) => String(id));
}
