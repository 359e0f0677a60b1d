import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { getOrder } from '../../../functions/desk/portal/get-order.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { readRows } from './import-file.ts';

/** Exports of real shops with the people taken out; they are not ours to copy. */
const root = join(import.meta.dirname, '../..');
const folders = ['../shared', '../../shared'].map((shared) => join(root, shared, 'data/tills'));
const folder = folders.find((path) => existsSync(path));
const fileAt = (name: string) => join(folder ?? '', name);
const hasFiles = folder !== undefined;
if (!hasFiles) console.info(`Skipped: the exports of real shops are not at ${folders[0]}.`);

let shop: Shop;
beforeEach(async () => {
  shop = await openShop({ ...moneyBack, from: '2019-01-01' });
});

const load = (name: string, more: { isDryRun?: boolean; currency?: string } = {}) =>
  importOrders(shop.ctx, { path: fileAt(name), ...more });

/** What the customer's page of each order shows. */
async function listPages(source: string) {
  const rows = await shop.ctx.db.read({
    sql: 'SELECT number, customer_id FROM orders WHERE source = ? AND customer_id IS NOT NULL ORDER BY number',
    args: [source],
  });
  return Promise.all(
    rows.map(async ([number, customerId]) => {
      const order = await getOrder(shop.as(String(customerId)), { source, number: String(number) });
      const { total, refunded, status } = order.summary;
      return { number: String(number), order, status, total: total.minor, refunded: refunded.minor };
    }),
  );
}

async function expectSameAgain(name: string, more: { currency?: string } = {}) {
  const again = await load(name, more);
  expect(again.orders).toMatchObject({ created: 0, updated: 0 });
  expect(again.rewards).toEqual({ earned: 0, entries: 0 });
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
}

describe.skipIf(!hasFiles)('exports of real shops', () => {
  test('every Shopify order with an email is taken, and its page shows the Total of the file', async () => {
    const wanted = await shopifyTotals('shopify-orders-export.csv');
    const dry = await load('shopify-orders-export.csv', { isDryRun: true });
    const report = await load('shopify-orders-export.csv');
    expect({ ...report, id: null, seconds: 0 }).toEqual({ ...dry, id: null, seconds: 0 });
    expect(report.errors.map(({ order }) => order).filter((order) => wanted.get(order ?? '')?.email)).toEqual(
      [],
    );
    const pages = new Map((await listPages('shopify')).map((page) => [page.number, page]));
    const withEmail = [...wanted].filter(([, { email }]) => email);
    expect(withEmail).toHaveLength(390);
    for (const [number, { total, tax, refunded }] of withEmail) {
      const page = pages.get(number);
      expect([number, page?.total, page?.order.taxIncluded?.minor ?? 0n]).toEqual([number, total, tax]);
      const goods =
        page?.order.lines.reduce((sum, line) => sum + line.total.minor - line.discount.minor, 0n) ?? 0n;
      expect([number, page?.refunded]).toEqual([number, refunded < goods ? refunded : goods]);
    }
    await expectSameAgain('shopify-orders-export.csv');
  }, 60_000);

  test('Shopify: two lines, of which the second repeats the time but not the currency, are 300.00 together', async () => {
    expect(await load('shopify-two-lines.csv')).toMatchObject({ orders: { created: 1 }, errors: [] });
    expect(await listPages('shopify')).toMatchObject([{ number: '#1', total: 30_000n, status: 'delivered' }]);
    await expectSameAgain('shopify-two-lines.csv');
  });

  test('WooCommerce: 65.00 for 501, 10.00 of 502 back, all of 503 back, 180.00 for 504, in USD', async () => {
    expect(await load('woocommerce-usd.csv')).toMatchObject({ orders: { created: 4 }, errors: [] });
    const pages = await listPages('woocommerce');
    expect(pages).toMatchObject([
      { number: '501', total: 6500n, refunded: 0n, order: { currency: 'USD' } },
      { number: '502', total: 2000n, refunded: 1000n, status: 'partly_refunded' },
      { number: '503', total: 2000n, refunded: 2000n, status: 'refunded' },
      { number: '504', total: 18_000n, refunded: 0n },
    ]);
    expect(pages[0]?.order.lines.map(({ product }) => product)).toEqual(['Mug', 'Bowl']);
    await expectSameAgain('woocommerce-usd.csv');
  });

  test('WooCommerce: what the second file gives back is 10.00 of 502 and all of 503', async () => {
    expect(await load('woocommerce-before-refund.csv')).toMatchObject({ orders: { created: 2 }, errors: [] });
    const report = await load('woocommerce-after-refund.csv');
    expect(report).toMatchObject({ orders: { updated: 2, rejected: 0 }, errors: [] });
    expect(await listPages('woocommerce')).toMatchObject([
      { number: '502', total: 2000n, refunded: 1000n },
      { number: '503', total: 2000n, refunded: 2000n },
    ]);
    await expectSameAgain('woocommerce-after-refund.csv');
    await expectSameAgain('woocommerce-before-refund.csv');
  });

  test('WooCommerce: the refund alone ends in the same as before and after it', async () => {
    expect(await load('woocommerce-after-refund.csv')).toMatchObject({ orders: { created: 2 }, errors: [] });
    expect(await listPages('woocommerce')).toMatchObject([
      { number: '502', total: 2000n, refunded: 1000n },
      { number: '503', total: 2000n, refunded: 2000n },
    ]);
    await expectSameAgain('woocommerce-before-refund.csv');
  });

  test('WooCommerce: 10.00 told of the line and of the order is 10.00', async () => {
    expect(await load('woocommerce-line-refund.csv')).toMatchObject({ orders: { created: 1 }, errors: [] });
    expect(await listPages('woocommerce')).toMatchObject([{ number: '7', total: 2000n, refunded: 1000n }]);
    await expectSameAgain('woocommerce-line-refund.csv');
  });

  test('Square: one of two mugs sold in August comes back in September: 38.88 paid, 18.00 of goods back', async () => {
    const usd = { currency: 'USD' };
    expect(await load('square-august.csv', usd)).toMatchObject({ orders: { created: 1 }, errors: [] });
    const dry = await load('square-september-refund.csv', { ...usd, isDryRun: true });
    const report = await load('square-september-refund.csv', usd);
    expect(report).toMatchObject({ orders: { updated: 1, rejected: 0 }, errors: [] });
    expect({ ...report, id: null, seconds: 0 }).toEqual({ ...dry, id: null, seconds: 0 });
    const [page] = await listPages('square');
    expect(page).toMatchObject({ total: 3888n, refunded: 1800n, status: 'partly_refunded' });
    expect(page?.order.refunds).toMatchObject([
      {
        at: { at: Date.UTC(2026, 8, 21, 8) },
        lines: [{ product: 'Speckled Mug', amount: { minor: 1800n } }],
      },
    ]);
    await expectSameAgain('square-september-refund.csv', usd);
    await expectSameAgain('square-august.csv', usd);
  });
});

/** Total, taxes (inside in this shop) and refund of every order, straight from the file. */
async function shopifyTotals(name: string) {
  const orders = new Map<string, { email: string; total: bigint; tax: bigint; refunded: bigint }>();
  let header: string[] = [];
  for await (const rows of readRows(fileAt(name))) {
    for (const { cells } of rows) {
      if (header.length === 0) header = cells;
      const cell = (column: string) => cells[header.indexOf(column)] ?? '';
      const minor = (column: string) => BigInt(cell(column).replace('.', ''));
      if (cells === header || cell('Total') === '') continue;
      orders.set(cell('Name'), {
        email: cell('Email'),
        total: minor('Total'),
        tax: minor('Taxes'),
        refunded: minor('Refunded Amount'),
      });
    }
  }
  return orders;
}
