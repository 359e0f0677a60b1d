import type { Value } from '../../../db/store.ts';
import type { DataSubject, PersonalData } from './personal-data.ts';

/** A piece of SQL with its values, in the order in which they are bound. */
export interface Bound {
  sql: string;
  args: Value[];
}

export interface RowsAsked {
  tables: PersonalData;
  person: DataSubject;
  /** In epoch milliseconds. */
  now: number;
}

/** SQL of the rows of a table that are one person's. @throws {Error} for a table of which none is */
export function rowsOf({ tables, person }: Omit<RowsAsked, 'now'>, table: string): Bound {
  const of = tables[table]?.of ?? null;
  if (of === null) throw new Error(`no rows of ${table} are a customer's`);
  return bindWords(of, { tables, person, now: 0 });
}

/** Puts lists and rows in the place of the words of {@link PersonalTable}. */
export function bindWords(sql: string, asked: RowsAsked): Bound {
  const args: Value[] = [];
  const text = sql.replaceAll(/\$([a-z_]+)/g, (_, word: string) => {
    const found = boundTo(word, asked);
    args.push(...found.args);
    return found.sql;
  });
  return { sql: text, args };
}

function boundTo(word: string, asked: RowsAsked): Bound {
  if (word === 'now') return { sql: '?', args: [asked.now] };
  const list = listOf(word, asked.person);
  if (list !== null) return { sql: '(SELECT value FROM json_each(?))', args: [JSON.stringify(list)] };
  const { key = 'id', of } = asked.tables[word] ?? { of: null };
  if (of === null) throw new Error(`no list and no table of customers is called ${word}`);
  const rows = bindWords(of, asked);
  return { sql: `(SELECT ${key} AS value FROM ${word} WHERE ${rows.sql})`, args: rows.args };
}

function listOf(word: string, person: DataSubject): readonly string[] | null {
  if (word === 'customers') return person.customerIds;
  if (word === 'accounts') return person.accountIds;
  if (word === 'roots') return person.rootIds;
  if (word === 'addresses') return person.addresses;
  if (word === 'numbers') return person.numbers;
  return word === 'words' ? person.words : null;
}

/** Tables by which others name their rows come after these: what is found by them is found before they change. */
export function inOrder(tables: PersonalData): string[] {
  const ordered: string[] = [];
  const visiting = new Set<string>();
  const place = (name: string) => {
    if (ordered.includes(name) || visiting.has(name)) return;
    visiting.add(name);
    for (const [other, { of }] of Object.entries(tables)) if (of !== null && mentions(of, name)) place(other);
    ordered.push(name);
  };
  for (const name of Object.keys(tables).toSorted()) place(name);
  return ordered;
}

/** Lists of the person are no tables, though `accounts` and `customers` are called like some. */
const mentions = (of: string, table: string) =>
  table !== 'accounts' && table !== 'customers' && new RegExp(`\\$${table}\\b`).test(of);
