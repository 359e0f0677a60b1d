import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTestStore } from '../support/test-store.ts';

test('a statement answers what it is asked now, whether all rows or one are read, and whatever was asked before', async () => {
  const db = await createTestStore();
  const sql = 'SELECT value FROM (SELECT 1 AS name, 10 AS value UNION ALL SELECT 2, 20) WHERE name = ?';
  const asked = fc.record({ name: fc.integer({ min: 1, max: 3 }), isSingle: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 2, maxLength: 12 }), async (reads) => {
      for (const { name, isSingle } of reads) {
        const rows = await db.read({ sql, args: [name], isSingle });
        expect(rows.map(([value]) => Number(value))).toEqual(name === 3 ? [] : [name * 10]);
      }
    }),
  );
});
