import type { ColumnFate, PersonalTable } from './personal-data.ts';
import { type Bound, bindWords } from './rows-of.ts';
import {
  type Erasing,
  type FoundTexts,
  isFoundByWords,
  type MaskedText,
  maskedTo,
  placeOf,
} from './texts-of.ts';

/** Lays texts and what stands in their place where {@link eraseSql} finds each by itself; they are taken away by {@link clearTexts}. */
export const layTexts = (texts: FoundTexts): Bound[] =>
  [...texts].flatMap(([place, found]) => {
    const masked = found.filter((one) => one[1] !== null);
    return masked.length === 0
      ? []
      : [
          {
            sql: `INSERT INTO erasure_texts (place, text, masked)
              SELECT ?, json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)`,
            args: [place, JSON.stringify(masked)],
          },
        ];
  });

export const clearTexts: Bound = { sql: 'DELETE FROM erasure_texts', args: [] };

/** What erasing changes in the rows of one person, given the texts in them; null where these stay as they are. */
export function eraseSql(
  table: string,
  personal: PersonalTable,
  { erasing, texts }: { erasing: Erasing; texts: FoundTexts },
): Bound | null {
  const { of, columns, isDeleted } = personal;
  if (of === null) return null;
  const rows = bindWords(of, erasing);
  const textsIn = (column: string) => texts.get(placeOf(table, column)) ?? [];
  if (isDeleted) {
    const naming = isFoundByWords(personal) ? namingSql(Object.keys(columns), textsIn) : always;
    return {
      sql: `DELETE FROM ${table} WHERE (${rows.sql}) AND (${naming.sql})`,
      args: [...rows.args, ...naming.args],
    };
  }
  const sets = Object.entries(columns).flatMap(([column, fate]) => {
    const otherwise = maskedTo(fate, erasing);
    const to =
      otherwise === null ? fateSql(column, fate, erasing) : maskSql(placeOf(table, column), otherwise);
    return to === null ? [] : [{ sql: `${column} = ${to.sql}`, args: to.args }];
  });
  if (sets.length === 0) return null;
  return {
    sql: `UPDATE ${table} SET ${sets.map(({ sql }) => sql).join(', ')} WHERE ${rows.sql}`,
    args: [...sets.flatMap(({ args }) => args), ...rows.args],
  };
}

const always: Bound = { sql: 'TRUE', args: [] };

/** What erasing makes of a column whatever it says; null where it stays as it is. */
function fateSql(column: string, fate: ColumnFate, erasing: Erasing): Bound | null {
  if ('to' in fate) return bindWords(fate.to, erasing);
  if ('words' in fate)
    return { sql: `CASE WHEN ${column} IS NULL THEN NULL ELSE ${fate.words} END`, args: [] };
  return null;
}

/** Each text without their names, `otherwise` where these cannot be taken out, or it came since the texts were read. */
const maskSql = (place: string, otherwise: string): Bound => ({
  sql: `CASE WHEN ${place} IS NULL THEN NULL
    ELSE coalesce((SELECT laid.masked FROM erasure_texts AS laid WHERE laid.place = '${place}' AND laid.text = ${place}), ${otherwise}) END`,
  args: [],
});

/** Whether a row names them in one of its columns. */
function namingSql(columns: readonly string[], textsIn: (column: string) => readonly MaskedText[]): Bound {
  const naming = columns.map((column) => textsIn(column).filter(([text, masked]) => text !== masked));
  return {
    sql: columns.map((column) => `${column} IN (SELECT value FROM json_each(?))`).join(' OR '),
    args: naming.map((texts) => JSON.stringify(texts.map(([text]) => text))),
  };
}
