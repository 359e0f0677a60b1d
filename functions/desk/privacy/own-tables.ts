import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import * as schema from '../../../db/schema/index.ts';
import type { Row, Store } from '../../../db/store.ts';
import type { DataSubject, PersonalData } from '../../ground/personal/personal-data.ts';
import { rowsOf } from '../../ground/personal/rows-of.ts';
import type { House } from '../../ground/room.ts';
import { type FileColumn, takenHome } from '../../ground/tables/table-file.ts';

/** A table that holds rows of customers, with what of it they take home. */
export interface OwnTable {
  name: string;
  /** Columns of the primary key. */
  key: readonly string[];
  columns: readonly FileColumn[];
}

/** What opens something, or says under which name a file lies; it tells nothing of the person. */
const secret = /^(?:token_hash|browser_hash|public_key|transports|stored_as|rendered|key_hash)$/;

const ROWS_A_STEP = 500;

/** All tables that hold rows of customers, by name. Columns in which other people stand beside them are left out. */
export function listOwnTables({ personal }: Pick<House, 'personal'>): OwnTable[] {
  return Object.values(schema)
    .filter((one) => is(one, SQLiteTable))
    .filter((table) => holdsCustomers(personal, getTableConfig(table).name))
    .map((table) => {
      const { name, key, columns } = takenHome(table);
      const fates = personal[name]?.columns ?? {};
      const isOwn = ({ name: column }: FileColumn) => {
        const fate = fates[column];
        return !secret.test(column) && !(fate !== undefined && 'masked' in fate);
      };
      return { name, key, columns: columns.filter(isOwn) };
    })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

const holdsCustomers = (personal: PersonalData, name: string) => (personal[name]?.of ?? null) !== null;

/** One person's rows of a table, some at a time. */
export async function* readOwnRows(
  db: Store,
  { name, key, columns }: OwnTable,
  { tables, person }: { tables: PersonalData; person: DataSubject },
): AsyncGenerator<Row[]> {
  const { sql, args } = rowsOf({ tables, person }, name);
  const selected = columns.map((column) => `"${column.name}"`).join(', ');
  for (let offset = 0; ; offset += ROWS_A_STEP) {
    const rows = await db.read({
      sql: `SELECT ${selected} FROM "${name}" WHERE ${sql} ORDER BY ${key.join(', ')} LIMIT ${ROWS_A_STEP} OFFSET ${offset}`,
      args,
    });
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS_A_STEP) return;
  }
}

/** The files of the store that one person's rows name, with what they are called. */
export async function listOwnFiles(
  db: Store,
  { personal, tables }: Pick<House, 'personal' | 'tables'>,
  person: DataSubject,
): Promise<{ name: string; storedAs: string }[]> {
  const found: { name: string; storedAs: string }[] = [];
  for (const { name, key, options, columns } of tables) {
    if (options.files === undefined || !holdsCustomers(personal, name)) continue;
    const { sql, args } = rowsOf({ tables: personal, person }, name);
    const called = columns.some((column) => column.name === 'name') ? 'name' : options.files.name;
    const rows = await db.read({
      sql: `SELECT "${options.files.name}", "${called}" FROM "${name}" WHERE ${sql} ORDER BY ${key.join(', ')}`,
      args,
    });
    found.push(...rows.map(([storedAs, title]) => ({ storedAs: String(storedAs), name: String(title) })));
  }
  return found;
}
