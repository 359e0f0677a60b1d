import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';

/** An index of trigrams knows nothing of fewer letters. */
const WORD_MIN = 3;

type Index = 'customer_words' | 'own_words' | 'feedback_words' | 'order_words' | 'product_words';

/** Whether an index of words can be asked for it. */
export const isWord = (text: string) => [...text].length >= WORD_MIN;

/** Ids of what has the text somewhere in it, in whatever case, what came in last first. */
export async function findWords(
  db: Store,
  { index, text, limit }: { index: Index; text: string; limit: number },
): Promise<string[]> {
  if (!isWord(text)) return [];
  // The text reaches the index as one phrase of its trigrams, which is where it stands letter by letter.
  const phrase = `"${text.replaceAll('"', '""')}"`;
  const rows = await db.read(
    statement(
      `SELECT s.subject_id FROM ${index} AS w CROSS JOIN search_texts AS s ON s.id = w.rowid
       WHERE w.${index} MATCH ? ORDER BY w.rowid DESC LIMIT ?`,
      phrase,
      limit,
    ),
  );
  return rows.map(([id]) => String(id));
}

/** The text without control characters and spaces around it, as people mean it. */
export const searchedText = (typed: string) =>
  typed
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 100);

/** An order's number as it is found: letters and digits alone, so that `#10-01` and `1001` meet. */
export const bareNumber = (number: string) => number.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
