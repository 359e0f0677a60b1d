import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { type FoundByText, findCheckedWords, isWord } from '../../ground/platform/search-words.ts';

/**
 * Customers of whom an own field of text holds a part, in whatever case, by an index of words; of fewer than three letters
 * those of whom it begins so. The index knows a customer's own fields as one text, so who has the part in another field is
 * passed over.
 */
export async function findOwnText(
  db: Store,
  { key, text, limit }: { key: string; text: string; limit: number },
): Promise<FoundByText> {
  if (isWord(text))
    return findCheckedWords(db, { index: 'own_words', text, limit }, (ids) =>
      havePart(db, { key, text, ids }),
    );
  const ids = await findStart(db, { key, text, limit: limit + 1 });
  return { ids: ids.slice(0, limit), isCut: ids.length > limit };
}

/** Of those that have the text in any of their own fields, those that have it in this one. */
async function havePart(
  db: Store,
  { key, text, ids }: { key: string; text: string; ids: readonly string[] },
): Promise<string[]> {
  const rows = await db.read(
    statement(
      `SELECT o.customer_id, o.value FROM json_each(?) AS found
       CROSS JOIN own_field_values AS o ON o.customer_id = found.value AND o.field_key = ?`,
      JSON.stringify(ids),
      key,
    ),
  );
  const part = text.toLowerCase();
  return rows.filter(([, value]) => String(value).toLowerCase().includes(part)).map(([id]) => String(id));
}

async function findStart(
  db: Store,
  { key, text, limit }: { key: string; text: string; limit: number },
): Promise<string[]> {
  const starts = [...new Set([text, text.toLowerCase(), text.toUpperCase(), capital(text)])];
  const rows = await db.read(
    statement(
      `SELECT o.customer_id FROM json_each(?) AS start CROSS JOIN own_field_values AS o
       WHERE o.field_key = ? AND o.value >= start.value AND o.value < start.value || char(1114111) LIMIT ?`,
      JSON.stringify(starts),
      key,
      limit,
    ),
  );
  return rows.map(([id]) => String(id));
}

const capital = (text: string) => text.toLowerCase().replace(/^./u, (letter) => letter.toUpperCase());
