import { beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { exportOrders } from '../../../functions/reach/exports/export-orders.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { aFile } from './import-file.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop({ ...moneyBack, spend: '10.00', back: '1.00' });
});

const header = 'order_number,placed_at,customer_email,customer_key,currency,line_total,account,customer_name';
const row = (
  number: string,
  { email = '', key = '', total = '50.00', account = '', name = '', day = number },
) => `${number},2026-01-0${day},${email},${key},EUR,${total},${account},${name}`;

/** Imports dry and for real, which have to tell the same. */
async function load(...rows: string[]) {
  const path = aFile([header, ...rows, ''].join('\n'));
  const { seconds, id, ...dry } = await importOrders(shop.ctx, { path, isDryRun: true });
  const report = await importOrders(shop.ctx, { path });
  expect(report).toMatchObject(dry);
  return report;
}

/** `EMAIL KEYS: NUMBERS = BALANCE`, by customer. */
async function people(): Promise<string[]> {
  const rows = await shop.ctx.db.read({
    sql: `SELECT coalesce(email, '-'), (SELECT group_concat(key ORDER BY key) FROM customer_keys WHERE customer_id = c.id),
      (SELECT group_concat(number ORDER BY number) FROM orders WHERE customer_id = c.id),
      (SELECT balance_minor FROM accounts WHERE owner_id = c.id)
      FROM customers c ORDER BY 1, 2`,
    args: [],
  });
  return rows.map(([email, keys, numbers, balance]) => `${email} ${keys ?? '-'}: ${numbers} = ${balance}`);
}

const ann = 'ann@x.example';

describe('a customer who is told by a key here and by an email there', () => {
  test.each<[string, string[]]>([
    ['the key first', [row('1', { key: 'K1' }), row('2', { key: 'K1', email: ann })]],
    ['the email first', [row('1', { key: 'K1', email: ann }), row('2', { key: 'K1' })]],
    [
      'the key between',
      [row('1', { email: ann }), row('2', { key: 'K1' }), row('3', { key: 'K1', email: ann })],
    ],
  ])('is one in one file: %s', async (_name, rows) => {
    const report = await load(...rows);
    expect(report).toMatchObject({
      orders: { created: rows.length, rejected: 0 },
      customers: { created: 1 },
    });
    const numbers = rows.map((_, index) => index + 1).join(',');
    expect(await people()).toEqual([`${ann} K1: ${numbers} = ${rows.length * 500}`]);
    expect((await load(...rows)).orders).toMatchObject({ unchanged: rows.length, rejected: 0 });
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });

  test('is one within an order', async () => {
    const rows = [row('1', { key: 'K1' }), row('1', { key: 'K1', email: ann })];
    expect(await load(...rows)).toMatchObject({ orders: { created: 1, rejected: 0 }, errors: [] });
    expect(await people()).toEqual([`${ann} K1: 1 = 1000`]);
  });

  test('is one with the two keys of an email', async () => {
    const told = [row('1', { key: 'K1', email: ann }), row('2', { key: 'K2', email: ann })];
    const report = await load(row('3', { key: 'K1' }), ...told, row('4', { key: 'K2' }));
    expect(report.customers).toEqual({ created: 1 });
    expect(await people()).toEqual([`${ann} K1,K2: 1,2,3,4 = 2000`]);
  });

  test('is one over two files, whichever comes first; what was bought under the key is theirs', async () => {
    expect((await load(row('1', { key: 'K1' }))).customers).toEqual({ created: 1 });
    expect((await load(row('2', { key: 'K1', email: ann }))).customers).toEqual({ created: 0 });
    expect((await load(row('3', { key: 'K1' }))).customers).toEqual({ created: 0 });
    expect(await people()).toEqual([`${ann} K1: 1,2,3 = 1500`]);
    expect((await load(row('1', { key: 'K1', email: ann }))).orders).toMatchObject({ unchanged: 1 });
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });

  test('keeps the name that stands beside the key', async () => {
    await load(row('1', { key: 'K1', name: 'Ann' }), row('2', { key: 'K1', email: ann }));
    const names = await shop.ctx.db.read({ sql: 'SELECT name FROM customers', args: [] });
    expect(names).toEqual([['Ann']]);
  });

  test('is one who buys for a company as well', async () => {
    const report = await load(
      row('1', { key: 'K1' }),
      row('2', { key: 'K1', email: ann, account: 'ACME' }),
      row('3', { key: 'K1', account: 'ACME' }),
    );
    expect(report).toMatchObject({ orders: { created: 3 }, customers: { created: 1 } });
    expect(await people()).toEqual([`${ann} K1: 1,2,3 = 500`]);
  });

  test('has the key from the latest of two emails on', async () => {
    const bob = 'bob@x.example';
    const told = [row('1', { key: 'K1', email: ann }), row('2', { key: 'K1', email: bob })];
    expect((await load(...told, row('3', { key: 'K1' }))).customers).toEqual({ created: 2 });
    expect(await people()).toEqual([`${ann} -: 1 = 500`, `${bob} K1: 2,3 = 1000`]);
  });

  test('of another source is another', async () => {
    const other = `2,2026-01-02,${ann},K1,EUR,50.00,,,shop`;
    const path = aFile(`${header},source\n${row('1', { key: 'K1' })},till\n${other}\n`);
    expect((await importOrders(shop.ctx, { path })).customers).toEqual({ created: 2 });
    expect(await people()).toEqual(['- K1: 1 = 500', `${ann} K1: 2 = 500`]);
  });
});

test('what was bought under keys comes back from an export', async () => {
  await load(row('1', { key: 'K1' }), row('2', { key: 'K1', email: ann }), row('3', {}));
  const chunks = [];
  const { pages } = await exportOrders(shop.ctx, { since: null, until: null });
  for await (const page of pages) chunks.push(...page);
  expect(chunks.map((cells) => `${cells[1]} ${cells[3]} ${cells[22]}`)).toEqual([
    `1 ${ann} K1`,
    `2 ${ann} K1`,
    '3 null null',
  ]);
});
