import type { PersonalData, PersonalTable } from '../../ground/personal/personal-data.ts';

/**
 * Which rows somebody takes home, where that is less than what is erased with them: none that are found by words which may
 * stand anywhere, and none of another customer.
 * @param customerTables tables that say whose a row is in a column `customer_id`
 */
export function ownRows(personal: PersonalData, customerTables: ReadonlySet<string>): PersonalData {
  const tables: Record<string, PersonalTable> = {};
  const place = (name: string): string | null => {
    const known = tables[name];
    if (known !== undefined) return known.of;
    const table = personal[name];
    if (table === undefined) return null;
    const of = table.own === undefined ? table.of : table.own;
    const rows = of === null || !mayFollow(of) ? null : customerTables.has(name) ? notOfOthers(of) : of;
    tables[name] = { ...table, of: rows };
    return rows;
  };
  const mayFollow = (of: string) =>
    [...of.matchAll(/\$([a-z_]+)/g)].every(([, word = '']) => lists.has(word) || place(word) !== null);
  for (const name of Object.keys(personal)) place(name);
  return tables;
}

/** Of the person; `words` are none of them: what names somebody need not be theirs. */
const lists = new Set(['customers', 'accounts', 'roots', 'addresses', 'numbers']);

/** The sign keeps this from choosing the index. */
const notOfOthers = (of: string) => `(${of}) AND (+customer_id IS NULL OR +customer_id IN $customers)`;
