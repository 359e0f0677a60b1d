import { beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { recordEvent } from '../../../functions/money/orders/record-event.ts';
import { orderEventInput } from '../../../functions/money/orders/schema.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { exportOrders } from '../../../functions/reach/exports/export-orders.ts';
import { writeRows } from '../../../functions/reach/exports/write-rows.ts';
import { listImports } from '../../../functions/reach/imports/list-imports.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { undoImport } from '../../../functions/reach/imports/undo-import.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { aFile } from './import-file.ts';

const header = 'order_number,placed_at,customer_email,customer_name,currency,sku,line_total';
const csv = (...rows: string[]) => aFile([header, ...rows, ''].join('\n'));

let shop: Shop;
beforeEach(async () => {
  shop = await openShop(moneyBack);
});

const load = (path: string, isDryRun = false) => importOrders(shop.ctx, { path, isDryRun });

async function read(sql: string) {
  return (await shop.ctx.db.read({ sql, args: [] })).map((row) =>
    row.map((value) => (typeof value === 'bigint' ? Number(value) : value)),
  );
}

async function tellReturned() {
  const event = { id: 'e1', source: 'dhl', status: 'returned', at: new Date(shop.clock.now()).toISOString() };
  await recordEvent(shop.ctx, { source: 'csv', number: 'A-1', event: orderEventInput.parse(event) });
}

describe('importOrders', () => {
  it('reports what it made and pays what was reached', async () => {
    const report = await load(
      csv(
        'A-1,2026-01-05,ann@x.example,Ann,EUR,X,60.00',
        'A-2,2026-01-06,ann@x.example,Ann,EUR,X,70.00',
        'B-1,2026-01-06,bob@x.example,,EUR,X,99.99',
        'A-1,2026-01-05,ann@x.example,Ann,EUR,Y,40.00',
      ),
    );
    expect(report).toMatchObject({
      orders: { created: 3, updated: 0, unchanged: 0, rejected: 0 },
      customers: { created: 2 },
      lines: 4,
      rewards: { earned: 500, entries: 1 },
      errors: [],
    });
    expect(await read('SELECT order_number, amount_minor FROM ledger')).toEqual([['A-1', 500]]);
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });

  it('leaves out the order that would make a sum inexact, and takes the others', async () => {
    const rows = Array.from(
      { length: 1000 },
      (_, index) => `A-${index},2026-01-05,ann@x.example,Ann,USD,X,99999999999.99`,
    );
    const path = csv(...rows, 'B-1,2026-01-06,bob@x.example,,EUR,X,120.00');
    const dry = await load(path, true);
    const report = await load(path);
    expect(report.orders).toEqual({ created: 901, updated: 0, unchanged: 0, rejected: 100 });
    expect(report.errors[0]).toMatchObject({ reason: expect.stringContaining('larger than can be told') });
    expect(dry.orders).toEqual(report.orders);
    expect((await load(path)).orders).toEqual({ created: 0, updated: 0, unchanged: 901, rejected: 100 });
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });

  it('changes nothing when the same file comes again', async () => {
    const path = csv('A-1,2026-01-05,ann@x.example,Ann,EUR,X,160.00');
    await load(path);
    const sizes =
      'SELECT (SELECT count(*) FROM history), (SELECT count(*) FROM ledger), (SELECT count(*) FROM order_events)';
    const before = await read(sizes);
    expect(await load(path)).toMatchObject({ orders: { created: 0, unchanged: 1 }, rewards: { entries: 0 } });
    expect(await read(sizes)).toEqual(before);
  });

  it('says the same in a dry run and writes nothing', async () => {
    const report = await load(csv('A-1,2026-01-05,ann@x.example,Ann,EUR,X,160.00'), true);
    expect(report).toMatchObject({ id: null, orders: { created: 1 }, rewards: { earned: 500, entries: 1 } });
    expect(await read('SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM imports)')).toEqual([
      [0, 0],
    ]);
  });

  it('leaves wrong orders out, names line and reason, and takes the rest', async () => {
    const report = await load(
      csv(
        'A-1,2026-02-30,ann@x.example,Ann,EUR,X,60.00',
        'A-2,2026-01-06,ann@x.example,Ann,EUR,X,"12,50"',
        'A-3,2026-01-06,ann@x.example,Ann,EUR,X,12.505',
        'A-4,2026-01-06,ann@x.example,Ann,XYZ,X,12.50',
        'A-5,2026-01-06,ann@x.example,Ann,EUR,X,12.50',
      ),
    );
    expect(report.orders).toEqual({ created: 1, updated: 0, unchanged: 0, rejected: 4 });
    expect(report.errors.map(({ line, order }) => [line, order])).toEqual([
      [2, 'A-1'],
      [3, 'A-2'],
      [4, 'A-3'],
      [5, 'A-4'],
    ]);
    for (const { reason } of report.errors) expect(reason).toMatch(/^(placed_at|line_total|currency) /);
  });

  it('completes an order by its refund and takes back what it had earned', async () => {
    await load(csv('A-1,2026-01-05,ann@x.example,Ann,EUR,X,160.00'));
    const later = aFile(
      'order_number,placed_at,customer_email,currency,sku,line_total,refunded_total\nA-1,2026-01-05,ann@x.example,EUR,X,160.00,100.00\n',
    );
    const report = await load(later);
    expect(report).toMatchObject({ orders: { updated: 1 }, rewards: { earned: -500, entries: 1 } });
    expect(await read('SELECT refunded_minor, status FROM orders')).toEqual([[10000, 'partly_refunded']]);
    expect(await load(later)).toMatchObject({ orders: { unchanged: 1 } });
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });

  it('refuses an order that contradicts what is kept, and leaves it as it was', async () => {
    await load(
      csv('A-1,2026-01-05,ann@x.example,Ann,EUR,X,60.00', 'A-2,2026-01-05,ann@x.example,Ann,EUR,X,60.00'),
    );
    const report = await load(
      csv('A-1,2026-01-05,ann@x.example,Ann,EUR,X,61.00', 'A-2,2026-01-05,bob@x.example,Bob,EUR,X,60.00'),
    );
    expect(report.orders).toEqual({ created: 0, updated: 0, unchanged: 0, rejected: 2 });
    expect(report.errors.map(({ order, reason }) => [order, reason])).toEqual([
      ['A-1', expect.stringContaining('the total of line 1')],
      ['A-2', expect.stringContaining('another account')],
    ]);
    expect(await read('SELECT sum(total_minor), count(DISTINCT customer_id) FROM orders')).toEqual([
      [12000, 1],
    ]);
    expect(await read("SELECT count(*) FROM customers WHERE email = 'bob@x.example'")).toEqual([[0]]);
  });

  it('recognises an order that the API recorded under other line names', async () => {
    await shop.order({
      source: 'csv',
      number: 'A-1',
      placedAt: '2026-01-05T00:00:00Z',
      email: 'ann@x.example',
      lines: [{ id: 'till-9', sku: 'X', quantity: 1, total: { amount: 6000, currency: 'EUR' } }],
    });
    const file = aFile(
      'order_number,placed_at,customer_email,currency,sku,line_total,refunded_total\nA-1,2026-01-05T00:00:00Z,ann@x.example,EUR,X,60.00,10.00\n',
    );
    expect(await load(file)).toMatchObject({ orders: { updated: 1, rejected: 0 } });
    expect(await read('SELECT line_id, refunded_minor FROM order_lines')).toEqual([['till-9', 1000]]);
  });

  it('makes nobody a member of a company by an order it refuses', async () => {
    const file = (...rows: string[]) =>
      aFile(['order_number,placed_at,customer_email,currency,line_total,account', ...rows, ''].join('\n'));
    await load(file('A-1,2026-01-05,ann@x.example,EUR,60.00,ACME'));
    const report = await load(
      file('A-1,2026-01-05,eve@x.example,EUR,60.00,ACME', 'A-2,2026-01-06,ann@x.example,EUR,60.00,ACME'),
    );
    expect(report).toMatchObject({ orders: { created: 1, rejected: 1 }, customers: { created: 0 } });
    expect(await read("SELECT count(*) FROM customers WHERE email = 'eve@x.example'")).toEqual([[0]]);
    expect(await read('SELECT count(*) FROM memberships')).toEqual([[1]]);
  });

  it('takes its own export again when one of two equal lines was refunded', async () => {
    const line = { sku: 'X', total: { amount: 10000, currency: 'EUR' } };
    const { number } = await shop.order({
      source: 'web',
      lines: [
        { id: '1', ...line },
        { id: '2', ...line },
      ],
    });
    await shop.refund(number, '1', 10000);
    const table = await exportOrders(shop.ctx, { since: null, until: null });
    const text: string[] = [];
    for await (const chunk of writeRows(table, 'csv')) text.push(chunk);
    expect(await load(aFile(text.join('')))).toMatchObject({
      orders: { unchanged: 1 },
      rewards: { entries: 0 },
    });
    expect(await read('SELECT refunded_minor FROM orders')).toEqual([[10000]]);
  });

  it('pools the departments of a company in one account', async () => {
    const path = aFile(
      [
        'order_number,placed_at,customer_email,currency,line_total,account,department',
        'A-1,2026-01-05,ann@x.example,EUR,60.00,ACME,Paris',
        'A-2,2026-01-06,bob@x.example,EUR,60.00,ACME,Lyon',
        '',
      ].join('\n'),
    );
    expect(await load(path)).toMatchObject({
      customers: { created: 2 },
      rewards: { earned: 500, entries: 1 },
    });
    expect(await read('SELECT kind, name FROM accounts ORDER BY kind, name')).toEqual([
      ['department', 'Lyon'],
      ['department', 'Paris'],
      ['shared', 'ACME'],
    ]);
    expect(await verify(shop.ctx)).toMatchObject({ accounts: 1, differences: 0 });
  });
});

describe('undoImport', () => {
  it('takes everything back and leaves nothing to be seen', async () => {
    const path = csv('A-1,2026-01-05,ann@x.example,Ann,EUR,X,160.00');
    const { id } = await load(path);
    expect(await undoImport(shop.ctx, id ?? '')).toMatchObject({ orders: 1, accounts: 1 });
    expect(await read('SELECT kind, amount_minor FROM ledger')).toEqual([
      ['earn', 500],
      ['clawback', -500],
    ]);
    expect(await read('SELECT count(*) FROM orders')).toEqual([[0]]);
    expect(await read('SELECT count(*) FROM customers WHERE withdrawn_at IS NULL')).toEqual([[0]]);
    expect(await listImports(shop.ctx)).toMatchObject([{ id, state: 'undone' }]);
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
    await expect(undoImport(shop.ctx, id ?? '')).rejects.toMatchObject({ code: 'import_not_undoable' });
  });

  it('counts again where it moves the joining day of a membership year', async () => {
    const yearly = { ...moneyBack, period: 'membership-year' };
    shop = await openShop(yearly);
    await load(
      csv('A-2,2026-01-10,ann@x.example,Ann,EUR,X,60.00', 'A-3,2026-02-20,ann@x.example,Ann,EUR,X,60.00'),
    );
    const { id } = await load(csv('A-1,2025-02-01,ann@x.example,Ann,EUR,X,1.00'));
    expect(await read('SELECT sum(amount_minor) FROM ledger')).toEqual([[0]]);
    await undoImport(shop.ctx, id ?? '');
    expect(await read('SELECT sum(amount_minor) FROM ledger')).toEqual([[500]]);
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });

  it('leaves what another import brought, and lets the file in again', async () => {
    await load(csv('A-1,2026-01-05,ann@x.example,Ann,EUR,X,60.00'));
    const path = csv('A-2,2026-01-06,ann@x.example,Ann,EUR,X,70.00');
    const { id } = await load(path);
    await undoImport(shop.ctx, id ?? '');
    expect(await read('SELECT number FROM orders')).toEqual([['A-1']]);
    expect(await read('SELECT spend_minor, posted_minor FROM period_totals')).toEqual([[6000, 0]]);
    expect(await load(path)).toMatchObject({ orders: { created: 1 }, rewards: { earned: 500 } });
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });

  it.each([
    ['an order in it had news', () => tellReturned()],
    [
      'its reward was spent',
      async () => {
        const [[accountId]] = (await read('SELECT id FROM accounts')) as [[string]];
        const input = {
          customerId: null,
          accountId,
          kind: 'till',
          amount: 500n,
          currency: 'EUR',
          reference: null,
        } as const;
        await redeem(shop.ctx, input);
      },
    ],
  ])('refuses once %s', async (_case, happen) => {
    const path = csv('A-1,2026-01-05,ann@x.example,Ann,EUR,X,160.00');
    const { id } = await load(path);
    shop.clock.advance(60_000);
    await happen();
    await expect(undoImport(shop.ctx, id ?? '')).rejects.toMatchObject({ code: 'import_not_undoable' });
    expect(await read('SELECT count(*) FROM orders')).toEqual([[1]]);
  });
});
