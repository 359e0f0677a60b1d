import type { Store } from '../../../db/store.ts';
import { finderOf, maskText, withReach } from './mask-text.ts';
import type { ColumnFate, PersonalTable } from './personal-data.ts';
import { type RowsAsked, rowsOf } from './rows-of.ts';

/** How somebody is erased. */
export interface Erasing extends RowsAsked {
  /** What they told the business: kept without their name, or gone as well. */
  words: 'kept' | 'gone';
  /** Their names, parts of these and addresses, as texts of theirs write them. */
  forms: readonly string[];
}

/** A text as it stands, and without their names; null where these are not to be taken out. */
export type MaskedText = readonly [text: string, masked: string | null];

/** Texts as they stand before somebody is erased, by table and column. */
export type FoundTexts = ReadonlyMap<string, readonly MaskedText[]>;

export const placeOf = (table: string, column: string) => `${table}.${column}`;

/** Rows that are found by what they say are others' as well: in these only what names nobody else is theirs. */
export const isFoundByWords = ({ of }: PersonalTable) => of !== null && /\$words\b/.test(of);

/** What stands in a column where its text tells of them still; null where the column does not hang on what it says. */
export function maskedTo(fate: ColumnFate, { words }: Pick<Erasing, 'words'>): string | null {
  if ('masked' in fate) return fate.masked;
  return 'words' in fate && words === 'kept' ? fate.words : null;
}

/** Reads each text from which names are to be taken, and takes them out: any number of names, as whole words. */
export async function readTexts(db: Store, erasing: Erasing): Promise<FoundTexts> {
  const own = withReach(finderOf(erasing.forms));
  const others = finderOf(erasing.person.words);
  const found = new Map<string, MaskedText[]>();
  for (const [table, personal] of Object.entries(erasing.tables)) {
    const columns = columnsRead(personal, erasing);
    if (columns.length === 0) continue;
    const finder = isFoundByWords(personal) ? others : own;
    const { sql, args } = rowsOf(erasing, table);
    const rows = await db.read({ sql: `SELECT ${columns.join(', ')} FROM ${table} WHERE ${sql}`, args });
    columns.forEach((column, index) => {
      const texts = new Set(rows.flatMap((row) => textOf(row[index]) ?? []));
      found.set(
        placeOf(table, column),
        [...texts].map((text) => [text, finder === null ? text : maskText(text, finder)]),
      );
    });
  }
  return found;
}

function columnsRead(personal: PersonalTable, erasing: Erasing): string[] {
  if (personal.of === null) return [];
  const columns = Object.entries(personal.columns);
  if (personal.isDeleted) return isFoundByWords(personal) ? columns.map(([column]) => column) : [];
  return columns.flatMap(([column, fate]) => (maskedTo(fate, erasing) === null ? [] : [column]));
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
