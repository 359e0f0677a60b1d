import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';

/** An index of trigrams knows nothing of fewer letters. */
const WORD_MIN = 3;

type Index =
  | 'customer_words'
  | 'own_words'
  | 'feedback_words'
  | 'contact_words'
  | 'order_words'
  | 'product_words';

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

/** What a text finds, and whether there may be more than these. */
export interface FoundByText {
  ids: string[];
  isCut: boolean;
}

/** So many hits of an index of words are tried by what it does not know. */
const TRIED_MAX = 10_000;
const TRIED_STEP = 1000;

/**
 * As `findWords`, of what passes a check that the index cannot make: no more is tried than a bounded number of the newest,
 * and where that was not all of them it says so.
 */
export async function findCheckedWords(
  db: Store,
  { index, text, limit }: { index: Index; text: string; limit: number },
  check: (ids: readonly string[]) => Promise<string[]>,
): Promise<FoundByText> {
  const hits = await findWords(db, { index, text, limit: TRIED_MAX + 1 });
  const tried = hits.slice(0, TRIED_MAX);
  const ids: string[] = [];
  for (let at = 0; at < tried.length && ids.length <= limit; at += TRIED_STEP)
    ids.push(...(await check(tried.slice(at, at + TRIED_STEP))));
  return { ids: ids.slice(0, limit), isCut: ids.length > limit || hits.length > TRIED_MAX };
}

/** The text without control characters and spaces around it, as people mean it. */
export const searchedText = (typed: string) =>
  typed
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 100);

/** An order's number as it is found: letters and digits alone, so that `#10-01` and `1001` meet. */
export const bareNumber = (number: string) => number.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
