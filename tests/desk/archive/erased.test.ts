import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { importArchiveSlice } from '../../../functions/desk/archive/import-everything.ts';
import { carryOutErasures } from '../../../functions/desk/erasure/carry-out.ts';
import { eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { reapplyErasures } from '../../../functions/desk/erasure/reapply-erasures.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { createTestContext } from '../../support/test-context.ts';
import { createTestFiles } from '../../support/test-files.ts';
import { archiveOf, pieces } from './archive-file.ts';

/** An archive with two customers in it, of whom one was erased before, and the other after it was taken. */
async function open() {
  const shop = await openShop(moneyBack);
  const files = createTestFiles();
  const ctx = { ...shop.ctx, files };
  const [ann, bob] = [
    await shop.order({ email: 'ann@example.com', totals: [12_000] }),
    await shop.order({ email: 'bob@example.com', totals: [12_000] }),
  ];
  await shop.order({ email: 'cat@example.com', totals: [12_000] });
  await eraseCustomer(ctx, { customerId: ann.customerId, words: 'gone' });
  const archive = await archiveOf(ctx);
  await eraseCustomer(ctx, { customerId: bob.customerId, words: 'gone' });
  const copy = { ...(await createTestContext({ files })), now: ctx.now };
  const bringIn = (into: Context) =>
    importArchiveSlice(into, { chunks: pieces(archive), run: 'r1', isOver: () => false });
  const emails = async () =>
    (await copy.db.read(statement('SELECT email FROM customers WHERE email IS NOT NULL'))).flat();
  return { copy, bringIn, emails };
}

/** The process ends as soon as all of the archive is in. */
const killedAfter = (ctx: Context): Context => ({
  ...ctx,
  db: new Proxy(ctx.db, {
    get(target, key) {
      if (key !== 'writeSchema') return Reflect.get(target, key, target);
      return async (...given: Parameters<typeof target.writeSchema>) => {
        await target.writeSchema(...given);
        if (given[0].length > 50) throw new Error('killed');
      };
    },
  }),
});

test('who was erased since an archive was taken goes also where the process ends right after it is in', async () => {
  const { copy, bringIn, emails } = await open();
  await expect(bringIn(killedAfter(copy))).rejects.toThrow('killed');
  expect((await emails()).toSorted()).toEqual(['bob@example.com', 'cat@example.com']);
  await carryOutErasures(copy);
  expect(await emails()).toEqual(['cat@example.com']);
});

test('and where the same run is taken up again', async () => {
  const { copy, bringIn, emails } = await open();
  await expect(bringIn(killedAfter(copy))).rejects.toThrow('killed');
  await copy.db.write([statement('DELETE FROM erasures')]);
  expect(await bringIn(copy)).toMatchObject({ filesMissing: 0 });
  expect(await emails()).toEqual(['cat@example.com']);
});

test('a portal that knows the list already takes the archive, and the list stays whole', async () => {
  const { copy, bringIn, emails } = await open();
  expect(await reapplyErasures(copy)).toBe(0);
  await bringIn(copy);
  expect(await emails()).toEqual(['cat@example.com']);
  expect(await copy.db.read(statement('SELECT count(*), count(DISTINCT seq) FROM erasures'))).toEqual([
    [2n, 2n],
  ]);
});
