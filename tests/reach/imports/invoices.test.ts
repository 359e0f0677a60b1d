import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { parseColumnMap } from '../../../functions/reach/imports/column-map.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { invoiceMap, writeInvoices } from '../../bench/invoices.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

test('20,000 rows of invoices and credit notes end in what a plain sum says', {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'invoices-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'invoices.csv');
  const made = await writeInvoices(path, 20_000);
  const shop = await openShop({ ...moneyBack, from: '2010-01-01' });
  const map = parseColumnMap({ ...invoiceMap, defaults: { currency: 'EUR' } });
  const report = await importOrders(shop.ctx, { path, map });
  expect(report).toMatchObject({ lines: made.rows, errors: [], orders: { rejected: 0 } });
  const rows = await shop.ctx.db.read({
    sql: `SELECT k.key, sum(o.total_minor - o.discount_minor - o.refunded_minor) FROM orders o
      JOIN customer_keys k ON k.customer_id = o.customer_id GROUP BY k.key`,
    args: [],
  });
  const spend = new Map(rows.map(([key, minor]) => [String(key), Number(minor)]));
  expect(spend).toEqual(new Map([...made.spendByCustomer].sort(([a], [b]) => (a < b ? -1 : 1))));
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  const again = await importOrders(shop.ctx, { path, map });
  expect(again.orders).toMatchObject({ created: 0, updated: 0, rejected: 0 });
});
