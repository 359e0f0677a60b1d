import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { finishErasures } from '../../../functions/desk/erasure/finish-erasures.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { openFolder } from '../../../functions/ground/files/folder.ts';
import { moneyBack, openShopOn } from '../../support/shop.ts';
import { createTestFile } from '../../support/test-store.ts';
import { plant, storedNames } from './plant.ts';

const email = 'qanary.olena@example.com';
const name = 'Qanary Olena Kovalenko';

/** Where a canary is found in what lies in a folder: the database, its log, files beside it. */
function foundIn(folder: string, words: readonly string[]): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) => {
    if (!entry.isFile()) return [];
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path).toString('latin1').toLowerCase();
    return words
      .filter((word) => bytes.includes(Buffer.from(word.toLowerCase()).toString('latin1')))
      .map((word) => `${entry.name}: ${word}: ${excerpt(bytes, word.toLowerCase())}`);
  });
}

const excerpt = (bytes: string, word: string) => {
  const at = bytes.indexOf(word);
  return bytes.slice(Math.max(0, at - 40), at + 80).replaceAll(/[^\x20-\x7e]/g, '.');
};

test('leaves nothing of who somebody was in the file, its log or the files, and the books as they were', async () => {
  const { store, path } = await createTestFile();
  const shop = await openShopOn({ store }, moneyBack);
  const files = openFolder(path);
  const ctx = { ...shop.ctx, files };
  for (const stored of storedNames) await files.put(stored, new TextEncoder().encode('qanary picture'));
  const other = await shop.order({ email: 'bob@example.com', totals: [25_000] });
  const order = await shop.order({ customer: { email, name }, totals: [25_000] });
  await store.write([
    {
      sql: `UPDATE customers SET phone = '+380 44 123 45 67', address = 'qanary street', birth_year = 1980, name = ?, member_number = 'QANARY-1' WHERE id = ?`,
      args: [name, order.customerId],
    },
  ]);
  const planted = await plant(
    store,
    { customerId: order.customerId, rootId: order.accountId, email, name },
    order.id,
  );
  expect(planted.length).toBeGreaterThan(80);
  // Rows without a cause are differences, which stay the same.
  const before = await verify(ctx);
  const erased = await eraseCustomer(ctx, { customerId: order.customerId, words: 'gone' });
  // The last mail still has to go out.
  expect(foundIn(dirname(path), ['qanary']).length).toBeGreaterThan(0);
  await store.write([{ sql: "UPDATE outbox SET sent_at = 1 WHERE template = 'erased'", args: [] }]);
  expect(await finishErasures(ctx)).toBe(true);
  expect(erased.isFinished).toBe(true);
  expect(foundIn(dirname(path), ['qanary', '123 45 67'])).toEqual([]);
  expect(await verify(ctx)).toEqual(before);
  const rows = await store.read({
    sql: 'SELECT count(*) FROM orders WHERE customer_id = ?',
    args: [order.customerId],
  });
  expect(rows).toEqual([[1n]]);
  expect(other.customerId).not.toBe(order.customerId);
});
