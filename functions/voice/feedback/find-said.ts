import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { findWords, searchedText } from '../../ground/platform/search-words.ts';
import { findByWords } from '../../people/customers/find-by-words.ts';

/** Beyond so many pieces a search would show more than anybody reads: the ones that came in last are looked at. */
const SAID_MAX = 1000;
const CUSTOMERS_MAX = 100;

export interface Said {
  ids: string[];
  /** Whether more pieces have the text than these. */
  isCut: boolean;
}

/**
 * Feedback that has the text in its words or in the email, name or number of its customer, or that it is the
 * reference or the order's number of; the customers who came last, a hundred at the most. Of words that more than a
 * thousand pieces have, the last thousand.
 */
export async function findSaid(
  db: Store,
  { text: typed, isPrivate }: { text: string; isPrivate: boolean },
): Promise<Said> {
  const text = searchedText(typed);
  const [words, people, named] = await Promise.all([
    findWords(db, { index: 'feedback_words', text, limit: SAID_MAX }),
    findByWords(db, { text, limit: CUSTOMERS_MAX, isPrivate }),
    db.read(
      statement(
        'SELECT id FROM feedback WHERE reference = ? UNION SELECT * FROM (SELECT id FROM feedback WHERE order_number = ? LIMIT ?)',
        normalCode(text),
        text,
        SAID_MAX,
      ),
    ),
  ]);
  const theirs = await db.read(
    statement(
      `SELECT found.value FROM json_each(?) AS person CROSS JOIN json_each((
         SELECT json_group_array(id) FROM (SELECT id FROM feedback WHERE customer_id = person.value ORDER BY at DESC LIMIT 50))) AS found`,
      JSON.stringify(people.ids),
    ),
  );
  const ids = [...new Set([...named.flat().map(String), ...words, ...theirs.flat().map(String)])];
  return { ids, isCut: words.length === SAID_MAX || people.isCut };
}
