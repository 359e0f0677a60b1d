import { beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { recordRefund } from '../../../functions/money/orders/record-refund.ts';
import { refundInput } from '../../../functions/money/orders/schema.ts';
import { giveOrder } from '../../../functions/money/orders/waiting/give-order.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { parseColumnMap } from '../../../functions/reach/imports/column-map.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { undoImport } from '../../../functions/reach/imports/undo-import.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { aFile } from './import-file.ts';

let shop: Shop;
beforeEach(async () => {
  const counts = { shipping: true, tax: true };
  shop = await openShop({ ...moneyBack, spend: '10.00', back: '1.00', counts });
});

const header =
  'order_number,placed_at,customer_email,currency,sku,line_total,refunded_total,status,shipping,tax,promised_by,account';
const ann = 'ann@x.example';
const row = (
  number: string,
  {
    email = ann,
    total = '50.00',
    back = '',
    status = '',
    shipping = '',
    tax = '',
    by = '',
    account = '',
  } = {},
) => `${number},2026-01-05,${email},EUR,CD,${total},${back},${status},${shipping},${tax},${by},${account}`;

const load = async (...rows: string[]) => {
  shop.clock.advance(60_000);
  const report = await importOrders(shop.ctx, { path: aFile([header, ...rows, ''].join('\n')) });
  expect(report.errors).toEqual([]);
  return report.id ?? '';
};

const notes = parseColumnMap({
  source: 'csv',
  columns: {
    order_number: 'No',
    placed_at: 'Day',
    customer_email: 'Mail',
    sku: 'Sku',
    line_total: 'Sum',
    refunded_order: 'Of',
  },
  defaults: { currency: 'EUR' },
  refunds: { prefix: 'C' },
});
const loadNotes = async (...rows: string[]) => {
  shop.clock.advance(60_000);
  const path = aFile(['No,Day,Mail,Sku,Sum,Of', ...rows, ''].join('\n'));
  const report = await importOrders(shop.ctx, { path, map: notes });
  expect(report.errors).toEqual([]);
  return report.id ?? '';
};

/** All that is known of orders, and what it came to. */
async function look() {
  const tables = {
    orders: 'SELECT * FROM orders ORDER BY id',
    lines: 'SELECT * FROM order_lines ORDER BY order_id, position',
    events: 'SELECT * FROM order_events ORDER BY order_id, source, event_id',
    refunds: 'SELECT * FROM refunds ORDER BY order_id, refund_id',
    refundLines: 'SELECT * FROM refund_lines ORDER BY order_id, refund_id, line_id',
    sales: 'SELECT * FROM waiting_sales ORDER BY id',
    counted: 'SELECT * FROM counted_spend ORDER BY root_id, placed_at, number, source',
    totals: 'SELECT * FROM period_totals WHERE spend_minor <> 0 ORDER BY root_id, rule_id',
    spend: 'SELECT * FROM account_spend WHERE spend_minor <> 0 ORDER BY 1, 2',
    balances: 'SELECT id, balance_minor FROM accounts WHERE withdrawn_at IS NULL ORDER BY id',
    customers: 'SELECT id, email, name FROM customers WHERE withdrawn_at IS NULL ORDER BY id',
    changes: 'SELECT * FROM import_changes ORDER BY id',
  };
  const seen: Record<string, unknown> = {};
  for (const [name, sql] of Object.entries(tables)) seen[name] = await shop.ctx.db.read({ sql, args: [] });
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  return seen;
}

const first = [
  row('1'),
  row('2', { status: 'placed' }),
  row('3', { email: '' }),
  row('4', { email: 'bob@x.example', account: 'ACME', back: '10.00' }),
];

describe('undoing an import that told more of orders of before', () => {
  test.each<[string, number, () => Promise<string>]>([
    ['refunds', 1, () => load(row('1', { back: '20.00' }))],
    [
      'more refunds than before',
      1,
      () => load(row('4', { email: 'bob@x.example', account: 'ACME', back: '30.00' })),
    ],
    ['a delivery, which earned', 1, () => load(row('2'))],
    ['a cancellation', 1, () => load(row('1', { status: 'cancelled' }))],
    [
      'shipping, tax and a promise',
      1,
      () => load(row('1', { shipping: '4.00', tax: '6.00', by: '2026-01-09' })),
    ],
    ['refunds of a sale of nobody', 1, () => load(row('3', { email: '', back: '20.00' }))],
    ['credit notes', 2, () => loadNotes(`C1,2026-02-01,${ann},CD,15.00,1`, 'C2,2026-02-01,,CD,5.00,3')],
    [
      'much, beside orders of its own',
      3,
      () =>
        load(
          row('1', { back: '50.00' }),
          row('2', { back: '1.00' }),
          row('3', { email: '', back: '1.00' }),
          row('9'),
          row('8', { email: 'new@x.example' }),
        ),
    ],
  ])('leaves everything as it was: %s', async (_what, restored, tellMore) => {
    await load(...first);
    const before = await look();
    const id = await tellMore();
    expect(await look()).not.toEqual(before);
    expect(await undoImport(shop.ctx, id)).toMatchObject({ restored });
    expect(await look()).toEqual(before);
  });

  test('and the one before it, one after the other, leaves nothing', async () => {
    const one = await load(...first);
    const two = await load(row('1', { back: '20.00' }), row('3', { email: '', back: '20.00' }));
    await expect(undoImport(shop.ctx, one)).rejects.toThrow('order 1 has had news since');
    await undoImport(shop.ctx, two);
    await undoImport(shop.ctx, one);
    expect(await look()).toMatchObject({ orders: [], sales: [], refunds: [], customers: [], changes: [] });
  });

  test('lets the same file in again', async () => {
    await load(...first);
    const id = await load(row('1', { back: '20.00' }));
    const after = await look();
    await undoImport(shop.ctx, id);
    await load(row('1', { back: '20.00' }));
    const { balances, totals, lines } = await look();
    expect({ balances, totals, lines }).toEqual({
      balances: after.balances,
      totals: after.totals,
      lines: after.lines,
    });
  });

  test.each<[string, () => Promise<unknown>, string]>([
    [
      'a later import told more of the order',
      () => load(row('1', { back: '30.00' })),
      'order 1, which it told more of, has had news since',
    ],
    [
      'a refund was recorded since',
      () => {
        shop.clock.advance(60_000);
        const lines = [{ line: '1', amount: { amount: 100, currency: 'EUR' } }];
        const refund = refundInput.parse({ id: 'r', at: '2026-02-01T10:00:00Z', lines });
        return recordRefund(shop.ctx, { source: 'csv', number: '1', refund });
      },
      'order 1, which it told more of, has had news since',
    ],
    [
      'the sale of nobody was given to somebody since',
      () =>
        giveOrder(shop.ctx, {
          source: 'csv',
          number: '3',
          buyer: { kind: 'email', email: ann, key: null },
          customerName: null,
        }),
      'order 3, which it told more of, has had news since',
    ],
    [
      'balance was spent since',
      async () => {
        const [accountId] =
          (await shop.ctx.db.read({ sql: 'SELECT root_id FROM orders WHERE number = ?', args: ['1'] }))[0] ??
          [];
        const asked = {
          customerId: null,
          accountId: String(accountId),
          kind: 'till',
          amount: 100n,
          currency: 'EUR',
          reference: null,
        } as const;
        await redeem(shop.ctx, asked);
      },
      'balance of an account in it was spent since',
    ],
  ])('is refused by name when %s', async (_what, happen, reason) => {
    await load(...first);
    const id = await load(row('1', { back: '20.00' }), row('3', { email: '', back: '1.00' }));
    await happen();
    const before = await look();
    await expect(undoImport(shop.ctx, id)).rejects.toThrow(reason);
    expect(await look()).toEqual(before);
  });

  test('is refused by name when it said whose a sale was', async () => {
    await load(...first);
    const id = await load(row('3'));
    await expect(undoImport(shop.ctx, id)).rejects.toThrow(
      'order 3 was a sale of nobody before, and it said whose',
    );
  });
});
