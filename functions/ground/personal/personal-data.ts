/**
 * What becomes of a column when the person it tells of is erased. `to` is SQL of what stands there afterwards, over the row's
 * own columns; `masked` takes their names out of a text, of JSON out of its texts alone, and puts this in its place where that
 * cannot be; `words` are what somebody told the business: kept without names, or gone as well, as they wish; `kept` says why it
 * stays.
 */
export type ColumnFate = { to: string } | { masked: string } | { words: string } | { kept: string };

/**
 * A table with rows of customers. In its SQL `$customers` are the ids of one person, those of others merged into them
 * included, `$accounts` the accounts that are theirs alone, `$roots` the root accounts in which they have or had a place,
 * `$addresses` their mail addresses, `$numbers` their telephone numbers as calls are noted, `$words` texts that name nobody else, `$now` the moment, and `$TABLE` the keys of that
 * table's rows of theirs. Each is a list, as a subselect of one column `value`. Of rows found by `$words` only what names the
 * person as a whole word changes, or goes: they are others' as well.
 */
export interface PersonalTable {
  /** SQL of the rows that are one person's; null where they are of nobody in particular: the team, the business. */
  of: string | null;
  /** By which column other tables name a row; `id` unless given. */
  key?: string;
  /** Every column that tells who somebody is or what is said by or of them, and others that erasing changes. */
  columns: Readonly<Record<string, ColumnFate>>;
  /** The rows go whole. */
  isDeleted?: true;
  /** Statements that erasing begins with. */
  also?: readonly string[];
  /** SQL of the rows that the person may take home, where it is not `of`; null for none. */
  own?: string | null;
  /** What the business wrote for itself and promises its team that customers do not see. */
  team?: TeamsPart;
}

/** It is in no file that customers take home; see decision 0088. */
interface TeamsPart {
  /** Columns, each with SQL of the rows in which it is the team's. */
  columns?: Readonly<Record<string, string>>;
  /** SQL of the rows that are the team's whole. */
  rows?: string;
}

/** By the name of the table. */
export type PersonalData = Readonly<Record<string, PersonalTable>>;

/** One person, as all tables know them. */
export interface DataSubject {
  customerIds: readonly string[];
  accountIds: readonly string[];
  rootIds: readonly string[];
  addresses: readonly string[];
  /** `+` and digits where the country is known, else digits. */
  numbers: readonly string[];
  /** Full names, addresses, numbers and keys that name nobody else, in letters as SQLite makes them small, and as all languages do. */
  words: readonly string[];
}

/** Nothing stands there any more. */
export const emptied: ColumnFate = { to: 'NULL' };
/** The same, of a column that has to hold something. */
export const blanked: ColumnFate = { to: "''" };
/** What stands where a text was that has to be read. */
export const dashed: ColumnFate = { to: "'—'" };
/** What somebody told, where a text has to stand. */
export const told: ColumnFate = { words: "'—'" };

export const kept = (why: string): ColumnFate => ({ kept: why });

/** The same fate for several columns. */
export function each(fate: ColumnFate, ...columns: readonly string[]): Record<string, ColumnFate> {
  return Object.fromEntries(columns.map((column) => [column, fate]));
}

/** Columns that are the team's in all rows. */
export const ofTeam = (...columns: readonly string[]): TeamsPart => ({
  columns: Object.fromEntries(columns.map((column) => [column, 'TRUE'])),
});

/** All of a table is the team's. */
export const teamsAlone: TeamsPart = { rows: 'TRUE' };

/** Rows that hold no more than ids, numbers and moments of one person. */
export const numbersOf = (of: string): PersonalTable => ({ of, columns: {} });

/** Columns that tell of the team, or of the business: nobody's to take along. */
export function nobodys(why: string, ...columns: readonly string[]): PersonalTable {
  return { of: null, columns: each(kept(why), ...columns) };
}

/** Whether a text may name the person: as SQL sees it, which knows no borders of words. */
export const names = (column: string) =>
  `EXISTS (SELECT 1 FROM $words AS word WHERE instr(lower(${column}), word.value) > 0)`;
