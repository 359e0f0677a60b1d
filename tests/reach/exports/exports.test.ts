import { describe, expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { adjust } from '../../../functions/money/ledger/adjust.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { exportCustomers } from '../../../functions/reach/exports/export-customers.ts';
import { exportLedger } from '../../../functions/reach/exports/export-ledger.ts';
import { exportOrders } from '../../../functions/reach/exports/export-orders.ts';
import { listBalances } from '../../../functions/reach/exports/list-balances.ts';
import { customerColumns } from '../../../functions/reach/imports/customers/columns.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { undoImport } from '../../../functions/reach/imports/undo-import.ts';
import { DAY_MS, moneyBack, openShop } from '../../support/shop.ts';
import { aFile } from '../imports/import-file.ts';
import { always, importText, textOf } from './export-text.ts';

describe('the ledger export', () => {
  test('goes by email, account and entry, with business keys and times only', async () => {
    const { ctx, order, event } = await openShop({ ...moneyBack, expires: { months: 12 } });
    await order({
      email: 'cai@example.com',
      totals: [10_000],
      number: 'C-1',
      placedAt: '2026-02-03T10:00:00Z',
    });
    await order({ email: 'zoe@example.com', account: 'ACME', totals: [10_000], number: 'Z-1' });
    await order({ email: 'bob@example.com', account: 'ACME', department: 'Paris', totals: [25_000] });
    await order({
      email: 'bob@example.com',
      totals: [10_000],
      number: 'B-1',
      placedAt: '2026-02-01T10:00:00Z',
    });
    await event('B-1', { status: 'cancelled', at: '2026-02-20T10:00:00Z' });
    const rows = (await textOf(exportLedger(ctx, always))).split('\n');
    expect(rows[0]).toBe(
      'account,email,seq,effective_at,kind,rule,version,period,source,order_number,amount,currency,expires_at',
    );
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 3).join(','))).toEqual([
      ',bob@example.com,1',
      ',bob@example.com,2',
      'ACME,bob@example.com,1',
      'ACME,bob@example.com,2',
      ',cai@example.com,1',
      '',
    ]);
    expect(rows[2]).toBe(
      ',bob@example.com,2,2026-02-20T10:00:00Z,clawback,money-back,1,2025-01-01,web,B-1,-5.00,EUR,',
    );
    expect(rows[5]).toBe(
      ',cai@example.com,1,2026-02-03T10:00:00Z,earn,money-back,1,2025-01-01,web,C-1,5.00,EUR,2027-03-01T00:00:00Z',
    );
    const february = await textOf(exportLedger(ctx, { since: '2026-02-02', until: '2026-02-20' }));
    expect(february.split('\n').slice(1)).toEqual([rows[5], '']);
  });

  test('can be had as JSON and as lines of JSON', async () => {
    const { ctx, order } = await openShop(moneyBack);
    expect(await textOf(exportLedger(ctx, always), 'json')).toBe('[\n]\n');
    await order({ totals: [20_000], number: '=1' });
    const json: unknown = JSON.parse(await textOf(exportLedger(ctx, always), 'json'));
    expect(json).toMatchObject([
      { account: '', seq: 1, amount: '10.00', order_number: '=1', expires_at: null },
    ]);
    expect(await textOf(exportLedger(ctx, always), 'csv')).toContain(",'=1,");
    const lines = (await textOf(exportLedger(ctx, always), 'ndjson')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(json);
  });
});

describe('the customer export', () => {
  test('names every account a customer belongs to and the day it was joined', async () => {
    const { ctx, order } = await openShop(moneyBack);
    await order({
      email: 'bob@example.com',
      account: 'ACME',
      department: 'Paris',
      placedAt: '2026-02-10T00:00:00Z',
    });
    await order({ email: 'bob@example.com', placedAt: '2026-02-12T00:00:00Z' });
    await order({ email: 'ann@example.com', account: '=ACME', placedAt: '2026-02-14T00:00:00Z' });
    expect(await textOf(exportCustomers(ctx, always))).toBe(
      [
        customerColumns.join(),
        "ann@example.com,,,,,,,,,'=ACME,,,,2026-02-14,,,,,,",
        'bob@example.com,,,,,,,,,,,,,2026-02-12,,,,,,',
        'bob@example.com,,,,,,,,,ACME,,Paris,,2026-02-10,,,,,,',
        '',
      ].join('\n'),
    );
    const some = await textOf(exportCustomers(ctx, { since: '2026-02-12', until: '2026-02-14' }));
    expect(some.split('\n')).toHaveLength(3);
  });
});

describe('balances', () => {
  test('stand one a root account, by email, in minor units', async () => {
    const { ctx, clock, order, event } = await openShop({ ...moneyBack, settleAfterDays: 2 });
    const at = (days: number) => new Date(clock.now() - days * DAY_MS).toISOString();
    await order({ email: 'bob@example.com', totals: [20_000], placedAt: at(9), number: 'B-1' });
    await order({ email: 'bob@example.com', totals: [20_000], placedAt: at(1) });
    await order({ email: 'zoe@example.com', account: 'ACME', totals: [10_000], placedAt: at(9) });
    await order({ email: 'amy@example.com', account: 'ACME', department: 'Paris', totals: [700] });
    await order({ email: 'dan@example.com', currency: 'USD', totals: [700] });
    await order({ email: 'eve@example.com', totals: [100], shipping: { amount: 500, currency: 'EUR' } });
    const bob = await rootOf(ctx, 'bob@example.com');
    await redeem(ctx, {
      customerId: null,
      accountId: bob,
      kind: 'till',
      amount: 900n,
      currency: 'EUR',
      reference: null,
    });
    await event('B-1', { status: 'cancelled' });
    const none = { account: '', currency: 'EUR', spend: 0n, available: 0n, pending: 0n, debt: 0n };
    expect(await balancesOf(ctx)).toEqual([
      { ...none, account: 'ACME', email: 'amy@example.com', spend: 10_700n, available: 500n },
      { ...none, email: 'bob@example.com', spend: 20_000n, pending: 1000n, debt: 900n },
      { ...none, email: 'dan@example.com' },
      { ...none, email: 'eve@example.com', spend: 100n },
    ]);
  });

  test('leave out what has expired, whether or not a job has said so', async () => {
    const { ctx, clock, order } = await openShop({ ...moneyBack, expires: { months: 1 } });
    await order({ totals: [10_000] });
    await adjust(ctx, { account: 'ann@example.com', amount: 70n, reason: 'Goodwill' });
    clock.advance(100 * DAY_MS);
    expect(await balancesOf(ctx)).toMatchObject([{ available: 70n, debt: 0n }]);
  });

  test('are in the currency most orders have while none is set', async () => {
    const { ctx, order } = await openShop();
    await order({ currency: 'USD', totals: [100] });
    await order({ currency: 'PLN', totals: [300] });
    await order({ currency: 'PLN', totals: [400] });
    expect(await balancesOf(ctx)).toMatchObject([{ currency: 'PLN', spend: 700n }]);
  });
});

describe('an import that was undone', () => {
  test('leaves no account, customer or order in any list, and a ledger that still verifies', async () => {
    const { ctx } = await openShop({ ...moneyBack, from: '2026-01-01' });
    await importText(orders('old', 'ann@example.com'), ctx);
    const before = await listsOf(ctx);
    const path = aFile(orders('new', 'zoe@example.com') + orders('new2', 'ann@example.com').split('\n')[1]);
    const { id } = await importOrders(ctx, { path });
    expect(await listsOf(ctx)).not.toEqual(before);
    await undoImport(ctx, id ?? '');
    expect(await listsOf(ctx)).toEqual(before);
    const verified = await verify(ctx);
    expect(verified).toMatchObject({ accounts: 1, found: [] });
  });
});

function orders(number: string, email: string): string {
  return `order_number,placed_at,customer_email,currency,line_total\n${number},2026-02-01,${email},EUR,150.00\n`;
}

async function listsOf(ctx: Context) {
  return {
    orders: await textOf(exportOrders(ctx, always)),
    customers: await textOf(exportCustomers(ctx, always)),
    balances: await balancesOf(ctx),
  };
}

async function balancesOf(ctx: Context) {
  const balances = [];
  for await (const page of listBalances(ctx)) balances.push(...page);
  return balances;
}

async function rootOf({ db }: Context, email: string): Promise<string> {
  const sql = 'SELECT a.id FROM accounts AS a JOIN customers AS c ON c.id = a.owner_id WHERE c.email = ?';
  return String((await db.read({ sql, args: [email] }))[0]?.[0]);
}
