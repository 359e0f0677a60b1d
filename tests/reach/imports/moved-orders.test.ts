import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { ComposedStore, type Store, StoreUnavailable } from '../../../db/store.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { getOrder } from '../../../functions/money/orders/get-order.ts';
import { moveOrder } from '../../../functions/money/orders/move-order.ts';
import { importOrdersSlice } from '../../../functions/reach/imports/import-orders.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { fileAt } from '../../../functions/reach/imports/on-node/file-at.ts';
import { stagingIn } from '../../../functions/reach/imports/on-node/staging-file.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { aFile } from './import-file.ts';

const header =
  'order_number,placed_at,customer_email,account,currency,line_total,status,delivered_at,refunded_total';
const csv = (...rows: string[]) => aFile([header, ...rows, ''].join('\n'));

const before = [
  '1001,2026-01-05,ann@x.example,,EUR,120.00,placed,,',
  '1002,2026-01-05,ann@x.example,,EUR,130.00,placed,,',
  '1003,2026-01-06,ann@x.example,,EUR,10.00,placed,,',
  '1004,2026-01-06,ann@x.example,,EUR,110.00,placed,,',
  '2001,2026-01-06,bob@x.example,,EUR,20.00,placed,,',
  '3001,2026-01-06,cem@x.example,ACME,EUR,20.00,placed,,',
];

/** The till's next file: it names as customers those whom it named before, whatever staff moved since. */
const after = [
  '1001,2026-01-05,ann@x.example,,EUR,120.00,delivered,2026-01-08,',
  '1002,2026-01-05,ann@x.example,,EUR,130.00,delivered,2026-01-08,30.00',
  '1003,2026-01-06,ann@x.example,,EUR,10.00,delivered,2026-01-08,',
  '1004,2026-01-06,ann@x.example,,EUR,110.00,delivered,2026-01-08,',
  '1005,2026-01-07,ann@x.example,,EUR,15.00,placed,,',
  '2001,2026-01-06,bob@x.example,,EUR,20.00,delivered,2026-01-08,',
];

async function movedShop(): Promise<Shop> {
  const shop = await openShop(moneyBack);
  await importOrders(shop.ctx, { path: csv(...before) });
  const ctx = { ...shop.ctx, actor: { kind: 'staff', id: 's1', role: 'agent' } } as const;
  const move = (number: string, email: string, account: string | null = null) =>
    moveOrder(ctx, { source: 'csv', number, email, account, department: null, reason: null, key: newId() });
  await move('1001', 'bob@x.example');
  await move('1002', 'bob@x.example');
  await move('1004', 'cem@x.example', 'ACME');
  return shop;
}

async function booksOf(shop: Shop): Promise<unknown> {
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  const rows = await shop.ctx.db.read({
    sql: `SELECT o.number, o.status, o.refunded_minor, c.email FROM orders AS o JOIN customers AS c ON c.id = o.customer_id
      ORDER BY o.number`,
    args: [],
  });
  return rows.map((row) => row.map(String).join(' '));
}

const taken = [
  '1001 delivered 0 bob@x.example',
  '1002 partly_refunded 3000 bob@x.example',
  '1003 delivered 0 ann@x.example',
  '1004 delivered 0 cem@x.example',
  '1005 placed 0 ann@x.example',
  '2001 delivered 0 bob@x.example',
  '3001 placed 0 cem@x.example',
];

test('a file that still names whose orders were is taken for whose they are, and again it changes nothing', async () => {
  const shop = await movedShop();
  const path = csv(...after);
  const told = { created: 1, updated: 5, unchanged: 0, rejected: 0 };
  expect(await importOrders(shop.ctx, { path, isDryRun: true })).toMatchObject({ orders: told });
  expect(await importOrders(shop.ctx, { path })).toMatchObject({ orders: told, errors: [] });
  expect(await booksOf(shop)).toEqual(taken);
  expect(await importOrders(shop.ctx, { path })).toMatchObject({
    orders: { created: 0, updated: 0, unchanged: 6, rejected: 0 },
  });
  expect(await getOrder(shop.ctx, { source: 'csv', number: '1004' })).toMatchObject({ account: 'ACME' });
});

test('an order told as of who never had it stays refused', async () => {
  const shop = await movedShop();
  const path = csv('1001,2026-01-05,eve@x.example,,EUR,120.00,delivered,2026-01-08,');
  expect(await importOrders(shop.ctx, { path })).toMatchObject({ orders: { rejected: 1, updated: 0 } });
});

/** The same database, the answer to one of whose writes of many accounts never comes. */
function losing(ctx: Context, nth: number): Context {
  const { db } = ctx;
  let writes = 0;
  const parts: Omit<Store, 'fresh'> = {
    ...{
      engine: db.engine,
      read: db.read,
      writeSchema: db.writeSchema,
      script: db.script,
      snapshot: db.snapshot,
      close: db.close,
    },
    write: db.write,
    writeMany: async (units) => {
      const told = await db.writeMany(units);
      writes += 1;
      if (writes === nth) throw new StoreUnavailable('TIMEOUT');
      return told;
    },
  };
  return { ...ctx, db: new ComposedStore(parts) };
}

test.each([1, 2])('what was written before write %i was cut off is counted once', async (nth) => {
  const shop = await movedShop();
  const request = {
    file: fileAt(csv(...after)),
    withStaging: stagingIn(tmpdir()),
    run: 'run-1',
    isOver: () => false,
  };
  await expect(importOrdersSlice(losing(shop.ctx, nth), request)).rejects.toThrow(StoreUnavailable);
  expect(await importOrdersSlice(shop.ctx, request)).toMatchObject({
    orders: { created: 1, updated: 5, unchanged: 0, rejected: 0 },
  });
  expect(await booksOf(shop)).toEqual(taken);
});
