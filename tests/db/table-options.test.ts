import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { finishMigration } from '../../scripts/table-options.ts';

const foundation = readFileSync(new URL('../../db/migrations/0000_foundation.sql', import.meta.url), 'utf8');
const created = (name: string) => `CREATE TABLE \`${name}\` (\n\t\`id\` text NOT NULL\n);\n`;

test.each([
  ['a new table', 'waiters', 'STRICT, WITHOUT ROWID'],
  ['a table written anew', '__new_accounts', 'STRICT, WITHOUT ROWID'],
  ['a wide table written anew', '__new_outbox', 'STRICT'],
  ['a wide table of two words', '__new_idempotency_keys', 'STRICT'],
])('%s gets its options', (_, name, options) => {
  expect(finishMigration(created(name), [foundation])).toBe(created(name).replace(');', `) ${options};`));
});

test('keeps the options of the newest form of a table', () => {
  const later = created('__new_outbox').replace(');', ') STRICT, WITHOUT ROWID;');
  expect(finishMigration(created('__new_outbox'), [foundation, later])).toContain(') STRICT, WITHOUT ROWID;');
});

test('takes out the pragmas, which do nothing inside of a transaction', () => {
  const sql = `PRAGMA foreign_keys=OFF;--> statement-breakpoint\n${created('x')}PRAGMA foreign_keys=ON;\n`;
  expect(finishMigration(sql, [])).not.toContain('PRAGMA');
});

test('changes nothing the second time', () => {
  const once = finishMigration(created('__new_outbox'), [foundation]);
  expect(finishMigration(once, [foundation])).toBe(once);
});
