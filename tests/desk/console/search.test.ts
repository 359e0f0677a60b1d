import fc from 'fast-check';
import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { indexOrders } from '../../../functions/desk/console/index-orders.ts';
import { search } from '../../../functions/desk/console/search.ts';
import { findWords } from '../../../functions/ground/platform/search-words.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

function finderIn(shop: Shop) {
  const staff = { ...shop.ctx, actor: { kind: 'staff', id: 's1', role: 'agent' } } as const;
  const find = (text: string) => search(staff, { text });
  return {
    find,
    emails: async (text: string) => (await find(text)).customers.map(({ email }) => email),
    numbers: async (text: string) => (await find(text)).orders.map(({ number }) => number),
  };
}

/** As long after the last order as the job waits for orders that are still coming. */
async function indexed(shop: Shop): Promise<void> {
  shop.clock.advance(400 * 86_400_000);
  await indexOrders(shop.ctx);
}

test('a customer is found by any part of three letters, and by two at the beginning', async () => {
  const shop = await openShop();
  const { customerId } = await shop.order({ email: 'vika@lys.example.com' });
  await shop.order({ email: 'bob@example.org' });
  const write = (sql: string, ...args: string[]) => shop.ctx.db.write([statement(sql, ...args, customerId)]);
  await write("UPDATE customers SET name = ?, member_number = 'K7QX-M2PD' WHERE id = ?", 'Вікторія Лис');
  const { emails } = finderIn(shop);
  const vika = ['vika@lys.example.com'];
  const found = ['лис', 'ЛИС', 'торія', 'ві', 'vi', 'LYS.EX', 'k7qxm2pd', 'K7QX-M2', 'M2PD', 'xm2p'];
  for (const text of found) expect(await emails(text), text).toEqual(vika);
  for (const text of ['лес', 'ис', '%', '"', 'nobody', '___', '* OR a'])
    expect(await emails(text), text).toEqual([]);
  expect(await emails('example')).toHaveLength(2);

  await write('UPDATE customers SET name = ? WHERE id = ?', 'Олена Вовк');
  expect([await emails('лис'), await emails('вовк')]).toEqual([[], vika]);
  await write('UPDATE customers SET withdrawn_at = 1 WHERE id = ?');
  expect(await emails('вовк')).toEqual([]);
  await write('UPDATE customers SET withdrawn_at = NULL WHERE id = ?');
  expect(await emails('вовк')).toEqual(vika);
});

test('a customer is found by the key of a source', async () => {
  const shop = await openShop();
  const { customerId } = await shop.order();
  await shop.ctx.db.write([
    statement("INSERT INTO customer_keys VALUES ('till', 'CARD-0815', ?, 1)", customerId),
  ]);
  const { emails } = finderIn(shop);
  expect([await emails('0815'), await emails('card-08')]).toEqual([['ann@example.com'], ['ann@example.com']]);
});

test('an order is found by any part of its number, before and after the job has put it into the index', async () => {
  const shop = await openShop();
  for (const number of ['#1001', 'S-1001-2', 'FK-17', 'FK-170', 'Ж-204/5']) await shop.order({ number });
  const { numbers } = finderIn(shop);
  const expectAll = async () => {
    expect(await numbers('1001')).toEqual(['#1001', 'S-1001-2']);
    expect(await numbers('#1001')).toEqual(['#1001', 'S-1001-2']);
    expect(await numbers('s10012')).toEqual(['S-1001-2']);
    expect(await numbers('K-17')).toHaveLength(2);
    expect(await numbers('fk-17')).toEqual(['FK-17', 'FK-170']);
    expect(await numbers('170')).toEqual(['FK-170']);
    expect(await numbers('ж2045')).toEqual(['Ж-204/5']);
    expect(await numbers('FK')).toEqual(['FK-17', 'FK-170']);
    expect([await numbers('17'), await numbers('999'), await numbers('-')]).toEqual([[], [], []]);
  };
  await expectAll();
  await indexed(shop);
  expect(await shop.ctx.db.read(statement('SELECT count(*) FROM order_words'))).toEqual([[5n]]);
  await expectAll();
  await shop.order({ number: 'NEW-555' });
  expect(await numbers('w55')).toEqual(['NEW-555']);
});

test('the job takes each order once, and not one that is being written just now', async () => {
  const shop = await openShop();
  await shop.order();
  await shop.ctx.db.write([statement('DELETE FROM search_progress')]);
  const early = { ...shop.ctx, now: () => 0 };
  expect(await indexOrders(early)).toBe(0);
  shop.clock.advance(400 * 86_400_000);
  expect([await indexOrders(shop.ctx), await indexOrders(shop.ctx)]).toEqual([1, 0]);
});

test('a voucher is found by its code and feedback by its reference, each typed as people type', async () => {
  const shop = await openShop(moneyBack);
  const { customerId, accountId } = await shop.order({ totals: [20_000] });
  await shop.ctx.db.write([
    statement(
      `INSERT INTO feedback (id, reference, kind, text, wants_reply, source, at, actor)
       VALUES ('f1', 'AB23-CD45', 'idea', 'Longer hours', 0, 'portal', 1, 'x')`,
    ),
    statement(
      `INSERT INTO vouchers (code, account_id, entry_seq, taken, amount_minor, minimum_minor, currency, issued_at)
       VALUES ('QRST-2345-UVWX', ?, 1, '[]', 500, 0, 'EUR', 1)`,
      accountId,
    ),
  ]);
  const { find } = finderIn(shop);
  expect((await find('ab23cd45')).feedback).toEqual([{ reference: 'AB23-CD45', text: 'Longer hours' }]);
  for (const text of ['qrst', 'QRST-2345-UVWX', 'qrst2345'])
    expect((await find(text)).vouchers, text).toEqual([{ code: 'QRST-2345-UVWX', accountId, customerId }]);
  expect(await find('XYZZ')).toMatchObject({ vouchers: [], feedback: [] });
});

test('the index finds exactly what has the letters in it', async () => {
  const { ctx } = await openShop();
  const letters = fc.constantFrom(...'abAB-. "%_1іІжЖ');
  const texts = fc.string({ unit: letters, minLength: 1, maxLength: 12 });
  const folded = (text: string) => text.toLowerCase();
  await fc.assert(
    fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 12 }), texts, async (kept, text) => {
      const rows = kept.map((said, index) => ({ id: `p${index}`, said }));
      await ctx.db.write([
        statement("DELETE FROM feedback WHERE actor = 'property'"),
        ...rows.map(({ id, said }) =>
          statement(
            `INSERT INTO feedback (id, reference, kind, text, wants_reply, source, at, actor)
             VALUES (?, ?, 'idea', ?, 0, 'portal', 1, 'property')`,
            id,
            id,
            said,
          ),
        ),
      ]);
      const found = await findWords(ctx.db, { index: 'feedback_words', text, limit: 100 });
      const plain = rows.filter(({ said }) => text.length >= 3 && folded(said).includes(folded(text)));
      expect(new Set(found)).toEqual(new Set(plain.map(({ id }) => id)));
    }),
    { numRuns: 60 },
  );
});
