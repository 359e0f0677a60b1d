import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { SheetRow } from '../../../functions/ground/formats/table.ts';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { moveOrder } from '../../../functions/money/orders/move-order.ts';
import { exportPapers } from '../../../functions/reach/papers/export-papers.ts';
import { getOrderPapers } from '../../../functions/reach/papers/get-order-papers.ts';
import { invoiceSheet } from '../../../functions/reach/papers/invoice-sheet.ts';
import { issueInvoice } from '../../../functions/reach/papers/issue-invoice.ts';
import {
  getOwnPaper,
  getPaper,
  listOwnPapers,
  listPapers,
} from '../../../functions/reach/papers/list-papers.ts';
import { sheetCsv } from '../../../functions/reach/papers/sheet-csv.ts';
import { failure } from '../../circle/club/house.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { papersOf, setUp } from './papers.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const line = (id: string, amount: number, more: object = {}) => ({
  id,
  product: `Tea ${id}`,
  total: eur(amount),
  ...more,
});

async function openSeller(...more: (readonly [string, string])[]) {
  const shop = await openShop(moneyBack);
  await setUp(shop.ctx, ...more);
  // The first run begins where the history stands.
  await work(shop);
  return shop;
}

const work = ({ ctx }: Shop) =>
  runJobs({ ...ctx, actor: { kind: 'system', name: 'jobs' } }, { name: 'papers' });
const named = ({ number }: { number: string }) => ({ source: 'web', number });

describe('an invoice', () => {
  test('is issued once, keeps what it said, and is corrected by credit notes with numbers of their own', async () => {
    const shop = await openSeller();
    const order = await shop.order({
      lines: [line('1', 2500, { quantity: 2, discount: eur(500) }), line('2', 900)],
      ...{ shipping: eur(390), tax: eur(188), taxIncluded: eur(101) },
    });
    const ann = shop.as(order.customerId);
    expect(await getOrderPapers(ann, named(order))).toEqual({ papers: [], mayIssue: true });
    const [invoice, twin] = await Promise.all([
      issueInvoice(ann, named(order)),
      issueInvoice(shop.ctx, named(order)),
    ]);
    expect(twin).toEqual(invoice);
    expect(invoice).toMatchObject({ number: 'INV-2026-00001', total: { minor: 3478n, currency: 'EUR' } });

    await shop.refund(order.number, '2', 300);
    await shop.ctx.db.write([{ sql: "UPDATE customers SET name = 'Someone else'", args: [] }]);
    await setPolicy(shop.ctx, 'invoiceName', 'Another name');
    await work(shop);
    await work(shop);
    await shop.event(order.number, { status: 'cancelled' });
    await work(shop);
    const { items } = await listPapers(shop.ctx);
    expect(items.map(({ number, total, corrects }) => [number, total.minor, corrects?.number])).toEqual([
      ['CN-2026-00002', -3178n, invoice.number],
      ['CN-2026-00001', -300n, invoice.number],
      [invoice.number, 3478n, undefined],
    ]);
    expect(await getPaper(shop.ctx, invoice)).toEqual(invoice);
    expect(await issueInvoice(ann, named(order))).toEqual(invoice);
    const notes = await Promise.all(items.slice(0, 2).map((one) => getPaper(shop.ctx, one)));
    const taxes = notes.map(({ document }) => document.taxIncludedMinor ?? 0n);
    expect(taxes.reduce((sum, tax) => sum + tax)).toBe(-101n);
    expect(notes[0]?.document.lines).toMatchObject([
      { lineId: '1', quantityMilli: -2000, totalMinor: -2500n, discountMinor: -500n },
      { lineId: '2', quantityMilli: null, totalMinor: -600n },
    ]);
    expect(await papersOf(shop.ctx)).toHaveLength(3);
  });

  test('is nobody else’s to see, to ask for, or to find', async () => {
    const shop = await openSeller();
    const order = await shop.order({ email: 'ann@example.com' });
    const other = await shop.order({ email: 'eve@example.com' });
    const invoice = await issueInvoice(shop.ctx, named(order));
    const eve = shop.as(other.customerId);
    expect(await failure(getOwnPaper(eve, invoice))).toBe('not_found');
    expect(await failure(issueInvoice(eve, named(order)))).toBe('not_found');
    expect(await failure(getPaper(eve, invoice))).toBe('forbidden');
    expect(await failure(listOwnPapers(eve, { accountId: order.accountId }))).toBe('not_found');
    expect((await listOwnPapers(eve)).items).toEqual([]);
    expect(await getOrderPapers(eve, named(order))).toEqual({ papers: [], mayIssue: false });
    expect((await listOwnPapers(shop.as(order.customerId))).items).toHaveLength(1);
  });

  test('of a department is seen by its people and those of the whole company, as its orders are', async () => {
    const shop = await openSeller();
    const [paris, rome, whole] = [
      await shop.order({ email: 'p@acme.example', account: 'ACME', department: 'Paris' }),
      await shop.order({ email: 'r@acme.example', account: 'ACME', department: 'Rome' }),
      await shop.order({ email: 'boss@acme.example', account: 'ACME' }),
    ];
    for (const order of [paris, rome]) await shop.confirm(order, { isManager: false });
    await shop.confirm(whole);
    const invoice = await issueInvoice(shop.ctx, named(paris));
    expect(invoice.buyer).toMatchObject({ name: 'ACME, Paris', contact: 'p@acme.example' });
    expect(await getOwnPaper(shop.as(paris.customerId), invoice)).toMatchObject({ id: invoice.id });
    expect(await getOwnPaper(shop.as(whole.customerId), invoice)).toMatchObject({ id: invoice.id });
    expect(await failure(getOwnPaper(shop.as(rome.customerId), invoice))).toBe('not_found');
    expect((await listOwnPapers(shop.as(rome.customerId))).items).toEqual([]);
  });

  test('waits for the details of the business, for delivery where it says so, and for no cancelled order', async () => {
    const shop = await openShop(moneyBack);
    const order = await shop.order({ status: 'placed' });
    const ann = shop.as(order.customerId);
    expect(await failure(issueInvoice(shop.ctx, named(order)))).toBe('invoices_off');
    await setUp(shop.ctx, ['invoiceWhen', 'delivered']);
    expect(await failure(issueInvoice(ann, named(order)))).toBe('invoice_not_yet');
    await shop.event(order.number, { status: 'delivered' });
    expect(await issueInvoice(ann, named(order))).toMatchObject({ number: 'INV-2026-00001' });
    const cancelled = await shop.order({ status: 'cancelled' });
    expect(await failure(issueInvoice(shop.ctx, named(cancelled)))).toBe('order_cancelled');
    expect(await failure(issueInvoice({ ...shop.ctx, actor: { kind: 'anonymous' } }, named(order)))).toBe(
      'unauthenticated',
    );
  });

  test('comes by itself once an order of from then on is delivered, and begins a year at 1', async () => {
    const shop = await openSeller();
    await shop.order({});
    shop.clock.advance(86_400_000 * 2);
    await setPolicy(shop.ctx, 'invoiceWhen', 'delivered');
    await work(shop);
    expect(await papersOf(shop.ctx)).toEqual([]);
    shop.clock.advance(86_400_000 * 2);
    const [given, held] = [await shop.order({}), await shop.order({ status: 'on_hold' })];
    await shop.event(held.number, { status: 'delivered' });
    await work(shop);
    await work(shop);
    expect((await papersOf(shop.ctx)).map(({ orderId }) => orderId)).toEqual([given.id]);
    // London is an hour ahead of midnight in UTC in no winter: the year begins with both.
    shop.clock.advance(Date.UTC(2027, 0, 1) - shop.clock.now());
    await shop.event(held.number, { status: 'released' });
    await work(shop);
    expect((await papersOf(shop.ctx)).map(({ number }) => number)).toEqual([
      'INV-2026-00001',
      'INV-2027-00001',
    ]);
  });

  test('of an order that turns out to be somebody else’s is credited to who had it, and issued to who has it', async () => {
    const shop = await openSeller();
    const [order, other] = [
      await shop.order({ email: 'ann@example.com' }),
      await shop.order({ email: 'eve@example.com' }),
    ];
    const invoice = await issueInvoice(shop.ctx, named(order));
    await moveOrder(shop.ctx, {
      ...named(order),
      ...{ email: 'eve@example.com', account: null, department: null, reason: null, key: 'move' },
    });
    await work(shop);
    const eve = shop.as(other.customerId);
    const second = await issueInvoice(eve, named(order));
    expect(second.number).toBe('INV-2026-00002');
    expect((await listOwnPapers(shop.as(order.customerId))).items.map(({ total }) => total.minor)).toEqual([
      -4200n,
      4200n,
    ]);
    expect((await listOwnPapers(eve)).items.map(({ id }) => id)).toEqual([second.id]);
    expect(await failure(getOwnPaper(eve, invoice))).toBe('not_found');
    expect((await papersOf(shop.ctx)).reduce((sum, { total }) => sum + total, 0n)).toBe(4200n);
  });

  test('says the same to the cent as a file, in Ukrainian, with formulas made harmless', async () => {
    const shop = await openSeller();
    const order = await shop.order({
      customer: { email: 'ann@example.com', name: 'Ганна Ґудзь' },
      lines: [line('1', 123_456, { quantity: 1.5, product: '=Чай «Їжак»', discount: eur(56) }), line('2', 1)],
      shipping: eur(0),
    });
    await shop.ctx.db.write([{ sql: "UPDATE customers SET language = 'uk'", args: [] }]);
    const sheet = invoiceSheet(await issueInvoice(shop.ctx, named(order)));
    expect(sheet.title).toBe('Рахунок-фактура № INV-2026-00001');
    expect(sheet.parties.flatMap(({ lines }) => lines)).toContain('Ганна Ґудзь');
    const rows: string[][] = parse(sheetCsv(sheet), { bom: true });
    expect(rows[0]).toEqual([
      ...['Номер', 'Дата складання', 'Товар', 'Кількість', 'Ціна', 'Без знижки', 'Знижка', 'Сума', 'Валюта'],
    ]);
    const head = ['INV-2026-00001', '2026-03-01'];
    expect(rows.slice(1)).toEqual([
      [...head, "'=Чай «Їжак»", '1.5', '823.04', '1234.56', '-0.56', '1234.00', 'EUR'],
      [...head, 'Tea 2', '1', '0.01', '0.01', '', '0.01', 'EUR'],
      [...head, 'Товари', '', '', '', '', '1234.01', 'EUR'],
      [...head, 'Доставка', '', '', '', '', '0.00', 'EUR'],
      [...head, 'Усього', '', '', '', '', '1234.01', 'EUR'],
    ]);
    const { columns, pages } = await exportPapers(shop.ctx, { since: '2026-03-01', until: null });
    const all: SheetRow[] = [];
    for await (const page of pages) all.push(...page);
    expect(all).toHaveLength(1);
    expect(all[0]?.[columns.indexOf('total')]).toEqual({ digits: '1234.01' });
  });
});
