import { beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { getOrder } from '../../../functions/money/orders/get-order.ts';
import type { Buyer } from '../../../functions/money/orders/order.ts';
import { claimSale } from '../../../functions/money/orders/waiting/claim-sale.ts';
import { giveOrder } from '../../../functions/money/orders/waiting/give-order.ts';
import { listSales } from '../../../functions/money/orders/waiting/list-sales.ts';
import { exportOrders } from '../../../functions/reach/exports/export-orders.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { undoImport } from '../../../functions/reach/imports/undo-import.ts';
import { always, textOf } from '../../reach/exports/export-text.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop(moneyBack);
});

const key = (number: string) => ({ source: 'web', number });
const readRows = async (sql: string) => (await shop.ctx.db.read({ sql, args: [] })).flat();
const ledgerOf = (number: string) =>
  readRows(`SELECT amount_minor FROM ledger WHERE order_number = '${number}'`);
const give = (number: string, buyer: Buyer) =>
  giveOrder(shop.ctx, { ...key(number), buyer, customerName: null });
const byEmail = (email: string): Buyer => ({ kind: 'email', email, key: null });
/** A customer with an account, who has ordered before. */
const knownId = async (email = 'ann@example.com') =>
  (await shop.order({ email, number: `first-${email}`, totals: [100] })).customerId;

describe('a sale without a customer', () => {
  test('is kept, belongs to nobody, earns nothing, and waits under a code', async () => {
    const sale = await shop.sale({ number: 'S-1', totals: [15_000] });
    expect(sale).toMatchObject({
      ...{ customerId: null, customer: null, accountId: null, number: 'S-1', status: 'delivered' },
      rewards: { earned: { amount: 0 }, pending: { amount: 0 } },
    });
    expect(sale.rewards.lines).toMatchObject([{ line: '1', counted: { amount: 0 }, reason: 'no_customer' }]);
    expect(sale.receiptCode).toMatch(/^([2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}$/);
    expect(await getOrder(shop.ctx, key('S-1'))).toEqual(sale);
    expect(await readRows('SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM customers)')).toEqual([
      0n,
      0n,
    ]);
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });

  test('told again is the same, told more is completed, told otherwise is refused', async () => {
    const placedAt = '2026-02-20T15:00:00Z';
    const first = await shop.sale({ number: 'S-1', placedAt });
    expect(await shop.sale({ number: 'S-1', placedAt })).toEqual(first);
    const more = await shop.sale({ number: 'S-1', placedAt, promisedBy: '2026-03-01' });
    expect(more).toEqual({ ...first, promisedBy: '2026-03-01' });
    await expect(shop.sale({ number: 'S-1', placedAt, totals: [4300] })).rejects.toMatchObject({
      code: 'order_contradicts',
    });
  });

  test("told again without a customer once it is somebody's is the same, beside a company", async () => {
    const placedAt = '2026-02-20T15:00:00Z';
    await shop.order({ number: 'C-1', email: 'ann@example.com', account: 'ACME' });
    await shop.sale({ number: 'S-1', placedAt });
    await give('S-1', byEmail('ann@example.com'));
    expect(await shop.sale({ number: 'S-1', placedAt })).toMatchObject({ account: null, receiptCode: null });
    const { outcome } = await give('S-1', byEmail('ann@example.com'));
    expect(outcome).toBe('unchanged');
  });

  test('takes events and refunds, and brings them along when it is given', async () => {
    await shop.sale({ number: 'S-1', totals: [25_000, 5000], status: 'placed' });
    await shop.event('S-1', { id: 'e1', status: 'delivered' });
    await shop.event('S-1', { id: 'e1', status: 'delivered' });
    await shop.refund('S-1', '2', 5000);
    await expect(shop.refund('S-1', '2', 1)).rejects.toMatchObject({ code: 'refund_exceeds_line' });
    const waiting = await getOrder(shop.ctx, key('S-1'));
    expect(waiting).toMatchObject({ status: 'partly_refunded', refunded: { amount: 5000 } });
    expect(waiting.events).toHaveLength(2);
    const { outcome, order } = await give('S-1', byEmail('ann@example.com'));
    expect(outcome).toBe('completed');
    expect(order).toMatchObject({
      id: waiting.id,
      receiptCode: null,
      customer: { email: 'ann@example.com' },
    });
    expect(order.rewards.earned.amount).toBe(1000);
    expect(order.events).toEqual(waiting.events);
    expect(order.refunds).toEqual(waiting.refunds);
    await shop.refund('S-1', '1', 20_000);
    expect(await ledgerOf('S-1')).toEqual([1000n, -1000n]);
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });

  test('cancelled earns nothing once it is given', async () => {
    await shop.sale({ number: 'S-1', totals: [25_000], status: 'placed' });
    await shop.event('S-1', { status: 'cancelled' });
    const { order } = await give('S-1', byEmail('ann@example.com'));
    expect([order.status, order.rewards.earned.amount]).toEqual(['cancelled', 0]);
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });

  test('becomes the order of whom a later telling names', async () => {
    const placedAt = '2026-02-20T15:00:00Z';
    const sale = await shop.sale({ number: 'S-1', totals: [15_000], placedAt });
    const order = await shop.order({ number: 'S-1', totals: [15_000], placedAt, email: 'bob@example.com' });
    expect(order).toMatchObject({ id: sale.id, receiptCode: null, rewards: { earned: { amount: 500 } } });
    expect(await shop.sale({ number: 'S-1', totals: [15_000], placedAt })).toEqual(order);
    expect(await readRows('SELECT kind FROM history')).toEqual(['order_given']);
  });

  test('is given by staff once, written down, and stays whose it is', async () => {
    await shop.sale({ number: 'S-1', totals: [15_000] });
    const { order } = await give('S-1', byEmail('ann@example.com'));
    expect((await give('S-1', byEmail('ann@example.com'))).outcome).toBe('unchanged');
    await expect(give('S-1', byEmail('bob@example.com'))).rejects.toMatchObject({
      code: 'order_of_another_account',
    });
    await expect(give('S-2', byEmail('ann@example.com'))).rejects.toMatchObject({ code: 'not_found' });
    expect(await readRows("SELECT act, subject_id FROM audit_log WHERE act = 'orders.given'")).toEqual([
      'orders.given',
      order.accountId,
    ]);
  });

  test('to a company goes to it, by who ordered for it', async () => {
    await shop.sale({ number: 'S-1', totals: [15_000], account: 'ACME', department: 'Paris' });
    const { order } = await give('S-1', byEmail('ann@example.com'));
    expect(order).toMatchObject({
      account: 'ACME',
      department: 'Paris',
      rewards: { earned: { amount: 500 } },
    });
  });

  test('is listed for staff, the latest first', async () => {
    const ids = Array.from({ length: 53 }, (_, index) => `S-${String(index).padStart(2, '0')}`);
    for (const number of ids) await shop.sale({ number });
    const first = await listSales(shop.ctx, { cursor: null });
    const second = await listSales(shop.ctx, { cursor: first.nextCursor });
    const shown = [...first.items, ...second.items].map(({ number }) => number);
    expect(shown).toEqual(ids.toReversed());
    expect(second.nextCursor).toBeNull();
    expect(first.items[0]).toMatchObject({ amount: { minor: 4200n, currency: 'EUR' } });
  });
});

describe('a receipt code', () => {
  const claim = (customerId: string, code: string) => claimSale(shop.as(customerId), { code });

  test('makes the sale the order of who enters it, however it is typed', async () => {
    const customerId = await knownId();
    const { receiptCode } = await shop.sale({ number: 'S-1', totals: [15_000] });
    const typed = ` ${receiptCode?.toLowerCase().replaceAll('-', ' ')} `;
    const order = await claim(customerId, typed);
    expect(order).toMatchObject({ customerId, number: 'S-1', rewards: { earned: { amount: 500 } } });
    await expect(claim(customerId, typed)).rejects.toMatchObject({ code: 'not_found' });
    expect(await readRows("SELECT actor FROM history WHERE kind = 'order_given'")).toEqual([
      `customer:${customerId}`,
    ]);
  });

  test('entered by twenty at once is one order of one of them', async () => {
    const people: string[] = [];
    for (let index = 0; index < 20; index += 1) people.push(await knownId(`p${index}@example.com`));
    const { receiptCode } = await shop.sale({ number: 'S-1', totals: [15_000] });
    const tried = await Promise.allSettled(people.map((id) => claim(id, receiptCode ?? '')));
    const won = tried.flatMap((one) => (one.status === 'fulfilled' ? one.value.customerId : []));
    expect(won).toHaveLength(1);
    const lost = tried.flatMap((one) => (one.status === 'rejected' ? one.reason.code : []));
    expect(lost).toEqual(Array.from({ length: 19 }, () => 'not_found'));
    expect(await readRows("SELECT customer_id FROM orders WHERE number = 'S-1'")).toEqual(won);
    expect(await ledgerOf('S-1')).toEqual([500n]);
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });

  test('does not take what a company bought', async () => {
    const customerId = await knownId();
    const { receiptCode } = await shop.sale({ number: 'S-1', account: 'ACME' });
    await expect(claim(customerId, receiptCode ?? '')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is not guessed: tries are counted', async () => {
    const customerId = await knownId();
    const codes: string[] = [];
    for (let index = 0; index < 12; index += 1)
      codes.push(await claim(customerId, 'ABCD-EFGH-2345').catch((error) => error.code));
    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'not_found'));
    expect(codes.slice(10)).toEqual(['too_many_requests', 'too_many_requests']);
  });

  test('needs somebody who is signed in', async () => {
    await expect(claimSale(shop.ctx, { code: 'ABCD-EFGH-2345' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});

describe('a file', () => {
  const header = 'order_number,placed_at,customer_email,customer_key,currency,sku,line_total,source,status';
  const load = (...rows: string[]) =>
    importOrders(shop.ctx, { path: aFile([header, ...rows, ''].join('\n')) });
  const exported = () => textOf(exportOrders(shop.ctx, always));

  test('keeps sales of nobody, counts them as created, and again changes nothing', async () => {
    const rows = [
      'A-1,2026-01-05,,,EUR,X,160.00,till,',
      'A-2,2026-01-05,ann@example.com,,EUR,X,160.00,till,',
      'A-1,2026-01-05,,,EUR,Y,40.00,till,',
    ];
    expect(await load(...rows)).toMatchObject({
      orders: { created: 2, updated: 0, unchanged: 0, rejected: 0 },
      customers: { created: 1 },
      rewards: { earned: 500 },
    });
    expect(await load(...rows.toReversed())).toMatchObject({
      orders: { created: 0, updated: 0, unchanged: 2, rejected: 0 },
    });
    expect(await getOrder(shop.ctx, { source: 'till', number: 'A-1' })).toMatchObject({
      customerId: null,
      lines: [{ sku: 'X' }, { sku: 'Y' }],
    });
  });

  test('without any column of customers is sales of nobody', async () => {
    const path = aFile('order_number,placed_at,currency,line_total\nA-1,2026-01-05,EUR,5.00\n');
    expect(await importOrders(shop.ctx, { path })).toMatchObject({ orders: { created: 1, rejected: 0 } });
  });

  test('that names the customer later gives the sale, and one that names nobody leaves it', async () => {
    await load('A-1,2026-01-05,,,EUR,X,160.00,till,placed');
    const named = await load('A-1,2026-01-05,ann@example.com,,EUR,X,160.00,till,');
    expect(named).toMatchObject({ orders: { updated: 1 }, rewards: { earned: 500 } });
    const silent = await load('A-1,2026-01-05,,,EUR,X,160.00,till,returned');
    expect(silent).toMatchObject({ orders: { updated: 1, rejected: 0 } });
    expect(await getOrder(shop.ctx, { source: 'till', number: 'A-1' })).toMatchObject({
      customer: { email: 'ann@example.com' },
      events: [{ status: 'delivered' }, { status: 'placed' }, { status: 'returned' }],
    });
  });

  test('that contradicts a sale is refused for it, with line and reason', async () => {
    await load('A-1,2026-01-05,,,EUR,X,160.00,till,');
    expect(await load('A-1,2026-01-05,,,EUR,X,161.00,till,')).toMatchObject({
      orders: { rejected: 1 },
      errors: [{ line: 2, order: 'A-1', reason: expect.stringContaining('the total of line 1') }],
    });
  });

  test('comes out again as it went in, sales of nobody and keys among it', async () => {
    await load(
      'A-1,2026-01-05,,,EUR,X,160.00,till,',
      'A-2,2026-01-05,ann@example.com,K-1,EUR,X,160.00,till,',
      'A-3,2026-01-05,,K-2,EUR,X,160.00,till,shipped',
      'A-0,2026-01-05,,,EUR,X,160.00,another,cancelled',
    );
    const first = await exported();
    expect(first.split('\n').map((row) => row.split(',').slice(0, 4).join())).toEqual([
      'source,order_number,placed_at,customer_email',
      'another,A-0,2026-01-05,',
      'till,A-1,2026-01-05,',
      'till,A-2,2026-01-05,ann@example.com',
      'till,A-3,2026-01-05,',
      '',
    ]);
    const again = await importOrders(shop.ctx, { path: aFile(first) });
    expect(again).toMatchObject({ orders: { created: 0, updated: 0, unchanged: 4, rejected: 0 } });
    shop = await openShop(moneyBack);
    await importOrders(shop.ctx, { path: aFile(first) });
    expect(await exported()).toBe(first);
  });

  test('is taken back with its sales, also those that were given since', async () => {
    const { id } = await load('A-1,2026-01-05,,,EUR,X,160.00,web,', 'A-2,2026-01-05,,,EUR,X,160.00,web,');
    await give('A-2', byEmail('ann@example.com'));
    expect(await undoImport(shop.ctx, id ?? '')).toMatchObject({ orders: 2 });
    await expect(getOrder(shop.ctx, key('A-1'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(getOrder(shop.ctx, key('A-2'))).rejects.toMatchObject({ code: 'not_found' });
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });

  test('is not taken back once a sale in it had news', async () => {
    const { id } = await load('A-1,2026-01-05,,,EUR,X,160.00,web,');
    await shop.event('A-1', { status: 'returned' });
    await expect(undoImport(shop.ctx, id ?? '')).rejects.toMatchObject({ code: 'import_not_undoable' });
  });
});
