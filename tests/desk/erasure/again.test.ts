import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { reapplyErasures } from '../../../functions/desk/erasure/reapply-erasures.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { createTestContext } from '../../support/test-context.ts';
import { createTestFiles } from '../../support/test-files.ts';
import { keepAsTemplate, openTestFile } from '../../support/test-store.ts';

test('whoever was erased does not come back with an older copy', async () => {
  const shop = await openShop(moneyBack);
  const files = createTestFiles();
  const ctx = { ...shop.ctx, files };
  const { customerId } = await shop.order({ email: 'ann@example.com', totals: [12_000] });
  await shop.order({ email: 'bob@example.com', totals: [12_000] });
  const copy = await keepAsTemplate(ctx.db);
  await eraseCustomer(ctx, { customerId, words: 'gone' });
  const { store, remove } = await openTestFile(copy);
  try {
    const restored = { ...(await createTestContext({ store, files })), now: ctx.now };
    const emails = async () =>
      (
        await store.read(statement('SELECT email FROM customers WHERE email IS NOT NULL ORDER BY email'))
      ).flat();
    expect(await emails()).toEqual(['ann@example.com', 'bob@example.com']);
    expect(await reapplyErasures(restored)).toBe(1);
    expect(await emails()).toEqual(['bob@example.com']);
    expect(await verify(restored)).toMatchObject({ found: [] });
    // They were told once.
    expect(await store.read(statement("SELECT count(*) FROM outbox WHERE template = 'erased'"))).toEqual([
      [0n],
    ]);
    expect(await reapplyErasures(restored)).toBe(0);
  } finally {
    remove();
  }
});

test('the list beside the files names nobody', async () => {
  const shop = await openShop(moneyBack);
  const files = createTestFiles();
  const ctx = { ...shop.ctx, files };
  const { customerId } = await shop.order({ customer: { email: 'ann@example.com', name: 'Ann Smith' } });
  await eraseCustomer(ctx, { customerId, words: 'gone' });
  const [name = ''] = files.names();
  const kept = JSON.parse(new TextDecoder().decode((await files.get(name)) ?? new Uint8Array()));
  expect(kept).toEqual({ customerId, seq: 1, words: 'gone', askedBy: 'command', at: ctx.now() });
});
