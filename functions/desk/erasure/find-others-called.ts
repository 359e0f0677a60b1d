import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { isWord } from '../../ground/platform/search-words.ts';
import { type KnownBy, localPart } from './known-by.ts';

/** So many that are called alike tell enough. */
const FOUND_MAX = 1000;

/** By what customers are known who share a name, number or key with somebody, who is left out. */
export async function findOthersCalled(
  db: Store,
  { names, phones, keys }: Pick<KnownBy, 'names' | 'phones' | 'keys'>,
  customerIds: readonly string[],
): Promise<KnownBy[]> {
  const texts = [
    ...names.flatMap(partsAsPhrase),
    ...phones.map(localPart).map(phraseOf),
    ...keys.map(phraseOf),
  ];
  const phrases = texts.filter((text) => text !== '');
  if (phrases.length === 0) return [];
  const rows = await db.read(
    statement(
      `SELECT c.name, c.phone, c.member_number,
         (SELECT json_group_array(key) FROM customer_keys WHERE customer_id = c.id)
       FROM customer_words AS w CROSS JOIN search_texts AS s ON s.id = w.rowid CROSS JOIN customers AS c ON c.id = s.subject_id
       WHERE w.customer_words MATCH ? AND c.id NOT IN (SELECT value FROM json_each(?)) LIMIT ${FOUND_MAX}`,
      ...[phrases.join(' OR '), JSON.stringify(customerIds)],
    ),
  );
  return rows.map(([name, phone, memberNumber, otherKeys]) => ({
    ...{ names: textsOf(name), phones: textsOf(phone) },
    keys: [...textsOf(memberNumber), ...keysOf(otherKeys)],
    ...{ addresses: [], formerAddresses: [] },
  }));
}

/** In the index, one phrase of trigrams; nothing for what it cannot know. */
const phraseOf = (text: string) => (isWord(text.trim()) ? `"${text.trim().replaceAll('"', '""')}"` : '');

/** Whichever way round a name is written, all its parts stand there. */
function partsAsPhrase(name: string): string[] {
  const parts = name
    .split(/\s+/)
    .map(phraseOf)
    .filter((part) => part !== '');
  return parts.length === 0 ? [] : [`(${parts.join(' AND ')})`];
}

const textsOf = (value: unknown) => (typeof value === 'string' ? [value] : []);

const keysOf = (value: unknown): string[] =>
  typeof value === 'string' ? JSON.parse(value).map((key: unknown) => String(key)) : [];
