import { keptByPort } from './append-only.ts';
import { mayErase } from './erasable.ts';
import { type Statement, type Store, StoreConflict } from './store.ts';

/** How many texts of statements are remembered as harmless; there are some hundred, written out or built by Drizzle. */
const TEXTS_MAX = 2000;

/**
 * An engine's writes, in the words of a trigger refusing to change, delete or replace a row of a table that is
 * append-only. It goes by the text of a statement, so it holds for what goes through the port; whoever opens the database with
 * another program is not held by it, and neither is a migration.
 */
export function refusingChanges<Parts extends Pick<Store, 'write' | 'writeMany'>>(parts: Parts): Parts {
  const harmless = new Set<string>();
  const assertAll = (statements: readonly Statement[]) => {
    for (const { sql } of statements) {
      if (harmless.has(sql)) continue;
      const table = changedTable(sql);
      if (table !== null && mayErase(statements, sql, table)) continue;
      assertNoChange(sql);
      if (harmless.size >= TEXTS_MAX) harmless.clear();
      harmless.add(sql);
    }
  };
  return {
    ...parts,
    write: async (statements: readonly Statement[]) => {
      assertAll(statements);
      return parts.write(statements);
    },
    writeMany: async (units: readonly (readonly Statement[])[]) => {
      for (const unit of units) assertAll(unit);
      return parts.writeMany(units);
    },
  };
}

/** @throws {StoreConflict} when the statement would do more to an append-only table than add a row */
export function assertNoChange(sql: string): void {
  const table = changedTable(sql);
  if (table !== null) throw new StoreConflict(`refused: ${table} is append-only`);
}

/** The append-only table of which a statement would change, delete or replace rows. */
function changedTable(sql: string): string | null {
  return (changing.exec(sql) ?? replacing.exec(sql))?.[1]?.toLowerCase() ?? null;
}

const table = `(?:main\\s*\\.\\s*)?["\`[]?(${keptByPort.join('|')})\\b`;
const changing = new RegExp(
  `\\b(?:UPDATE(?:\\s+OR\\s+\\w+)?|DELETE\\s+FROM|REPLACE\\s+INTO|ALTER\\s+TABLE|DROP\\s+TABLE)\\s+${table}`,
  'i',
);
const replacing = new RegExp(`\\bINTO\\s+${table}[^;]*\\bDO\\s+UPDATE\\b`, 'i');
