import { describe, expect, test } from 'vitest';
import { migrate } from '../../db/migrate.ts';
import { statement } from '../../db/query.ts';
import { carryOutErasures } from '../../functions/desk/erasure/carry-out.ts';
import { eraseCustomer } from '../../functions/desk/erasure/erase-customer.ts';
import { reapplyErasures } from '../../functions/desk/erasure/reapply-erasures.ts';
import { verify } from '../../functions/desk/verify/verify.ts';
import { plant } from '../desk/erasure/plant.ts';
import { moneyBack, openShopOn } from '../support/shop.ts';
import { engines } from './each-engine.ts';

const email = 'qanary.olena@example.com';
const name = 'Qanary Olena Kovalenko';

describe.each(engines)('on $name', ({ skip, open }) => {
  test.skipIf(skip)(
    'leaves no row that tells who somebody was',
    async () => {
      const { db, remove } = await open();
      try {
        await migrate(db, 0);
        const shop = await openShopOn({ store: db }, moneyBack);
        const { customerId, accountId, id } = await shop.order({
          customer: { email, name },
          totals: [25_000],
        });
        await plant(db, { customerId, rootId: accountId, email, name }, id);
        const ctx = { ...shop.ctx, files: null };
        const before = await verify(ctx);
        await eraseCustomer(ctx, { customerId, words: 'gone' });
        await db.write([statement("DELETE FROM outbox WHERE template = 'erased'")]);
        expect(await tablesThatName(db)).toEqual([]);
        expect(await verify(ctx)).toEqual(before);
        expect(await reapplyErasures(ctx)).toBe(0);
        await db.write([statement('UPDATE customers SET name = ? WHERE id = ?', name, customerId)]);
        await carryOutErasures(ctx);
        expect(await tablesThatName(db)).toEqual([]);
      } finally {
        await remove();
      }
    },
    120_000,
  );
});

/** Tables of which any column of any row holds the canary. */
async function tablesThatName(db: Parameters<typeof migrate>[0]): Promise<string[]> {
  const tables = await db.read(
    statement(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' AND name NOT LIKE '%\\_words\\_%' ESCAPE '\\'",
    ),
  );
  const found: string[] = [];
  for (const [table] of tables) {
    const columns = await db.read(statement(`SELECT name FROM pragma_table_info('${table}')`));
    const tells = columns.map(([column]) => `instr(lower("${column}"), 'qanary') > 0`).join(' OR ');
    const [row] = await db.read(statement(`SELECT count(*) FROM "${table}" WHERE ${tells}`));
    if (row?.[0] !== 0n) found.push(String(table));
  }
  return found;
}
