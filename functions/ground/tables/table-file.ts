import { getTableConfig, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Statement, Value } from '../../../db/store.ts';
import type { Context } from '../platform/context.ts';

/** How the values of a column are written: see `cells.ts`. */
export type CellKind = 'text' | 'money' | 'count' | 'flag' | 'instant';

export interface FileColumn {
  name: string;
  kind: CellKind;
  isNullable: boolean;
  /** The only texts it may hold, where it may not hold any. */
  choices: readonly string[] | null;
}

/** A table as a file: one row a line, in the order of its primary key. */
export interface TableFile {
  /** Of the table and, with an ending, of its file. */
  name: string;
  columns: readonly FileColumn[];
  /** Columns of the primary key. */
  key: readonly string[];
  /** The tables whose rows have to be there before, with the column that names them; null for an order alone. */
  parents: readonly { table: string; column: string | null }[];
  options: TableOptions;
}

/** Why a table is in no file. */
export interface LeftTable {
  why: string;
  /** It is emptied when tables come in, since it follows from them, and its room makes it anew. */
  isMadeAnew?: true;
  /** The follower of the history that makes it: it begins anew. */
  follower?: string;
}

export type LeftTables = Readonly<Record<string, LeftTable>>;

export interface TableOptions {
  /** SQL of the rows that go out, given the tables that stay; all, where it is left out. */
  only?: (left: LeftTables) => string;
  /** Columns that are not in the file, and what each holds when a row comes in. */
  without?: Readonly<Record<string, Filling>>;
  /** Tables that come in before, beside those that its keys name: what a trigger looks at. */
  after?: readonly string[];
  /** Triggers that judge a row by what was so when it was first written; off while rows come in. */
  lifts?: readonly string[];
  /**
   * What becomes of rows that a portal in which nothing happened yet may have: they stay beside those that come in, or
   * give way to them. Any in another table means that the portal is in use.
   */
  standing?: 'stay' | 'give_way';
  /** Statements before its rows come in; `staged` is SQL of the rows that come, their columns by name. */
  before?: (staged: string, ctx: Pick<Context, 'now' | 'actor'>) => readonly Statement[];
  /** Columns that repeat how many rows of another table are its row's: an archive in which they differ is torn. */
  repeats?: Readonly<Record<string, { table: string; by: string }>>;
  /** Columns that name a file of the file store for each row, and tell its hash. */
  files?: StoredFiles;
  /** Whether only owners may take it out by itself. */
  isForOwners?: boolean;
}

/** Columns of a table. */
export interface StoredFiles {
  name: string;
  /** SHA-256 of the bytes, hexadecimal. */
  sha256: string;
}

/** The value of a column that a file leaves out, from the rest of its row. */
export type Filling = (row: Readonly<Record<string, Value>>, ctx: Pick<Context, 'config'>) => Value;

/** A room's table that goes out and comes in again. */
export function takenHome(table: SQLiteTable, options: TableOptions = {}): TableFile {
  const { name, columns, primaryKeys, foreignKeys } = getTableConfig(table);
  const single = columns.filter(({ primary }) => primary);
  const parents = foreignKeys.map((key) => {
    const { columns: own, foreignTable } = key.reference();
    return { table: getTableConfig(foreignTable).name, column: own[0]?.name ?? null };
  });
  return {
    name,
    columns: columns.filter((column) => options.without?.[column.name] === undefined).map(toFileColumn),
    key: (primaryKeys[0]?.columns ?? single).map((column) => column.name),
    parents: [...parents, ...(options.after ?? []).map((before) => ({ table: before, column: null }))],
    options,
  };
}

function toFileColumn(column: SQLiteColumn): FileColumn {
  return {
    name: column.name,
    kind: kindOf(column),
    isNullable: !column.notNull && !column.primary,
    choices: column.enumValues ?? null,
  };
}

/** Columns that hold moments say so by their names. */
const instantName = /^(?:at|since|until|from)$|_(?:at|since|until)$/;

function kindOf(column: SQLiteColumn): CellKind {
  if (column.getSQLType() === 'text') return 'text';
  const read = column.mapFromDriverValue(0n);
  if (typeof read === 'bigint') return 'money';
  if (typeof read === 'boolean') return 'flag';
  return instantName.test(column.name) ? 'instant' : 'count';
}
