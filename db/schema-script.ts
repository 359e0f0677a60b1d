import type { Statement, Value } from './store.ts';

/** One transaction as a script, without foreign keys; where a statement fails, a server stops and undoes all of it. */
export function schemaScript(statements: readonly Statement[]): string {
  return [
    'PRAGMA foreign_keys = OFF',
    'BEGIN IMMEDIATE',
    ...statements.map(textOf),
    'COMMIT',
    'PRAGMA foreign_keys = ON',
  ].join(';\n');
}

/** @throws {TypeError} when a text has other placeholders than one question mark for each value */
function textOf({ sql, args }: Statement): string {
  const parts = args.length === 0 ? [sql] : sql.split('?');
  if (parts.length !== args.length + 1) throw new TypeError('a statement has other placeholders than values');
  return parts.map((part, index) => part + (index < args.length ? quoted(args[index] ?? null) : '')).join('');
}

function quoted(value: Value): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
