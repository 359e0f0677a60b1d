import { is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import * as schema from '../../../db/schema/index.ts';
import type { Row, Store } from '../../../db/store.ts';
import type { DataSubject, PersonalData } from '../../ground/personal/personal-data.ts';
import { type Bound, bindWords } from '../../ground/personal/rows-of.ts';
import type { House } from '../../ground/room.ts';
import { type FileColumn, takenHome } from '../../ground/tables/table-file.ts';
import { ownRows } from './own-rows.ts';

/** A table that holds rows of customers, with what of it goes into a file. */
export interface OwnTable {
  name: string;
  /** Columns of the primary key. */
  key: readonly string[];
  columns: readonly FileColumn[];
  /** SQL of each of the columns. */
  selected: readonly string[];
  /** SQL of the rows, of `tables`. */
  where: string;
  tables: PersonalData;
}

/** What customers take home, or what the business wrote for itself about them. */
type TakenPart = 'own' | 'team';

/** What opens something, or says under which name a file lies; it tells nothing of the person. */
const secret = /^(?:token_hash|browser_hash|public_key|transports|stored_as|rendered|key_hash)$/;

const ROWS_A_STEP = 500;

/** All tables that hold rows of customers, by name. Columns in which other people stand beside them are left out. */
export function listOwnTables({ personal }: Pick<House, 'personal'>, part: TakenPart = 'own'): OwnTable[] {
  const all = Object.values(schema)
    .filter((one) => is(one, SQLiteTable))
    .map((table) => takenHome(table));
  const holding = all.filter(({ columns }) => columns.some(({ name }) => name === 'customer_id'));
  const tables = ownRows(personal, new Set(holding.map(({ name }) => name)));
  return all
    .flatMap(({ name, key, columns }) => {
      const where = rowsIn(tables, name, part);
      if (where === null) return [];
      const fates = personal[name]?.columns ?? {};
      const hidden = part === 'own' ? (personal[name]?.team?.columns ?? {}) : {};
      const told = columns.filter(({ name: column }) => {
        const fate = fates[column];
        const isOfOthers = fate !== undefined && 'masked' in fate;
        return !secret.test(column) && !isOfOthers && hidden[column] !== 'TRUE';
      });
      const selected = told.map(({ name: column }) => {
        const isTeams = hidden[column];
        return isTeams === undefined ? `"${column}"` : `CASE WHEN ${isTeams} THEN NULL ELSE "${column}" END`;
      });
      return [{ name, key, columns: told, selected, where, tables }];
    })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** SQL of the rows of a table that a part holds; null where it holds none. */
function rowsIn(tables: PersonalData, name: string, part: TakenPart): string | null {
  const { of = null, team } = tables[name] ?? {};
  if (of === null) return null;
  if (part === 'team') {
    if (team === undefined) return null;
    return team.columns === undefined && team.rows !== undefined ? `(${of}) AND (${team.rows})` : of;
  }
  if (team?.rows === undefined) return of;
  return team.rows === 'TRUE' ? null : `(${of}) AND (${team.rows}) IS NOT TRUE`;
}

/** SQL of one person's rows of a table, with its values. */
export const ownRowsOf = ({ where, tables }: OwnTable, person: DataSubject): Bound =>
  bindWords(where, { tables, person, now: 0 });

/** One person's rows of a table, some at a time. */
export async function* readOwnRows(db: Store, table: OwnTable, person: DataSubject): AsyncGenerator<Row[]> {
  const { name, key, selected } = table;
  const { sql, args } = ownRowsOf(table, person);
  for (let offset = 0; ; offset += ROWS_A_STEP) {
    const rows = await db.read({
      sql: `SELECT ${selected.join(', ')} FROM "${name}" WHERE ${sql} ORDER BY ${key.join(', ')} LIMIT ${ROWS_A_STEP} OFFSET ${offset}`,
      args,
    });
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS_A_STEP) return;
  }
}

/** The files of the store that one person's rows name, with what they are called. */
export async function listOwnFiles(
  db: Store,
  house: Pick<House, 'personal' | 'tables'>,
  person: DataSubject,
): Promise<{ name: string; storedAs: string }[]> {
  const own = new Map(listOwnTables(house).map((table) => [table.name, table]));
  const found: { name: string; storedAs: string }[] = [];
  for (const { name, key, options, columns } of house.tables) {
    const table = own.get(name);
    if (options.files === undefined || table === undefined) continue;
    const { sql, args } = ownRowsOf(table, person);
    const called = columns.some((column) => column.name === 'name') ? 'name' : options.files.name;
    const rows = await db.read({
      sql: `SELECT "${options.files.name}", "${called}" FROM "${name}" WHERE ${sql} ORDER BY ${key.join(', ')}`,
      args,
    });
    found.push(...rows.map(([storedAs, title]) => ({ storedAs: String(storedAs), name: String(title) })));
  }
  return found;
}
