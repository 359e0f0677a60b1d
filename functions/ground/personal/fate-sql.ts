import type { ColumnFate, PersonalTable } from './personal-data.ts';
import { type Bound, bindWords, type RowsAsked } from './rows-of.ts';

/** How somebody is erased. */
export interface Erasing extends RowsAsked {
  /** What they told the business: kept without their name, or gone as well. */
  words: 'kept' | 'gone';
  /** Their names and addresses as texts write them, the longest first. */
  forms: readonly string[];
}

/** What erasing makes of a column; null where it stays as it is. */
function fateSql(column: string, fate: ColumnFate, erasing: Erasing): Bound | null {
  if ('kept' in fate) return null;
  if ('to' in fate) return bindWords(fate.to, erasing);
  if ('masked' in fate) return maskSql(column, fate.masked, erasing);
  if (erasing.words === 'kept') return maskSql(column, fate.words, erasing);
  return { sql: `CASE WHEN ${column} IS NULL THEN NULL ELSE ${fate.words} END`, args: [] };
}

/** A text without their names, or `otherwise` where it tells of them still. */
function maskSql(column: string, otherwise: string, { forms, person }: Erasing): Bound {
  const masked = forms.reduce((text) => `replace(${text}, ?, '—')`, column);
  const tells = `EXISTS (SELECT 1 FROM json_each(?) AS word WHERE instr(lower(${masked}), word.value) > 0)`;
  return {
    sql: `CASE WHEN ${column} IS NULL THEN NULL WHEN ${tells} THEN ${otherwise} ELSE ${masked} END`,
    args: [JSON.stringify(person.words), ...forms, ...forms],
  };
}

/** What erasing changes in the rows of one person; null where these stay as they are. */
export function eraseSql(
  table: string,
  { columns, isDeleted }: PersonalTable,
  erasing: Erasing,
): Bound | null {
  const of = erasing.tables[table]?.of ?? null;
  if (of === null) return null;
  const rows = bindWords(of, erasing);
  if (isDeleted) return { sql: `DELETE FROM ${table} WHERE ${rows.sql}`, args: rows.args };
  const sets = Object.entries(columns).flatMap(([column, fate]) => {
    const to = fateSql(column, fate, erasing);
    return to === null ? [] : [{ sql: `${column} = ${to.sql}`, args: to.args }];
  });
  if (sets.length === 0) return null;
  return {
    sql: `UPDATE ${table} SET ${sets.map(({ sql }) => sql).join(', ')} WHERE ${rows.sql}`,
    args: [...sets.flatMap(({ args }) => args), ...rows.args],
  };
}
