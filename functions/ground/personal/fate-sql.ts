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
      otherwise === null
        ? fateSql(column, fate, erasing)
        : maskSql(placeOf(table, column), otherwise, textsIn(column));
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
function maskSql(place: string, otherwise: string, texts: readonly MaskedText[]): Bound {
  const masked = `SELECT json_extract(text.value, '$[1]') FROM json_each(?) AS text
    WHERE json_extract(text.value, '$[0]') = ${place}`;
  return {
    sql: `CASE WHEN ${place} IS NULL THEN NULL ELSE coalesce((${masked}), ${otherwise}) END`,
    args: [JSON.stringify(texts)],
  };
}

/** Whether a row names them in one of its columns. */
function namingSql(columns: readonly string[], textsIn: (column: string) => readonly MaskedText[]): Bound {
  const naming = columns.map((column) => textsIn(column).filter(([text, masked]) => text !== masked));
  return {
    sql: columns.map((column) => `${column} IN (SELECT value FROM json_each(?))`).join(' OR '),
    args: naming.map((texts) => JSON.stringify(texts.map(([text]) => text))),
  };
}
