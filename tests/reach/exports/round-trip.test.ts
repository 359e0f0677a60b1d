import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { eventStatuses } from '../../../functions/money/orders/statuses.ts';
import { setProgramme } from '../../../functions/money/programme/set-programme.ts';
import { csvLine, csvNumber } from '../../../functions/reach/exports/csv.ts';
import { exportOrders, orderColumns } from '../../../functions/reach/exports/export-orders.ts';
import { listBalances } from '../../../functions/reach/exports/list-balances.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { always, importText, textOf, throughADatabase } from './export-text.ts';

describe('exported orders', () => {
  test('come back the same from an empty database', async () => {
    const rows = [
      'source,order_number,placed_at,customer_email,customer_name,account,department,currency,sku,product,category,quantity,line_total,line_discount,refunded_total,shipping,tax,status,delivered_at,promised_by,carrier,tracking_number',
      'till,A-2,2026-03-02T10:00:00.250Z,ann@example.com,Ann,,,EUR,CD-1,"CD, ""live""",Music,2.5,20.00,1.00,4.00,3.50,0.70,delivered,2026-03-04,2026-03-05,DHL,JD01',
      'till,A-2,2026-03-02T10:00:00.250Z,ann@example.com,Ann,,,EUR,CD-2,"Zwei\nZeilen",,1,5.00,0.00,5.00,,,delivered,2026-03-04,2026-03-05,DHL,JD01',
      'web,1,2026-03-01,bob@example.com,Bób 🎉,ACME,Paris,JPY,,,,1,1200,0,0,0,,shipped,,,,',
      'web,2,2026-03-01,cai@example.com,,ACME,,KWD,,,,0.125,1.234,0.000,0.000,,,cancelled,,,,',
      "web,3,2026-02-28,dan@example.com,'=Dan,,,EUR,'-5,\"'\t=x\",'@cat,1,9.00,0.00,9.00,,,delivered,2026-02-28,,,",
      'web,4,2026-02-28,dan@example.com,,,,EUR,,,,1,9.00,0.00,0.00,,,on_hold,,,,',
      '',
    ].join('\n');
    const first = await throughADatabase(rows);
    expect(await throughADatabase(first)).toBe(first);
    expect(first).toContain(
      'till,A-2,2026-03-02T10:00:00.250Z,ann@example.com,Ann,,,EUR,CD-1,"CD, ""live""",',
    );
    expect(first).toContain('"Zwei\nZeilen",,1,5.00,0.00,5.00,,,delivered,2026-03-04,2026-03-05,DHL,JD01,');
    expect(first).toContain(
      'web,1,2026-03-01,bob@example.com,Bób 🎉,ACME,Paris,JPY,,,,1,1200,0,0,0,,shipped,,,,,\n',
    );
    expect(first).toContain('KWD,,,,0.125,1.234,0.000,0.000,,,cancelled,,,,,\n');
    expect(first).toContain("'=Dan");
  });

  test('change nothing when imported again where they came from', async () => {
    const { ctx } = await importText(
      head + line(['A-1', '2026-03-01']) + line(['A-2', '2026-03-01T10:00:00Z']),
    );
    const { report } = await importText(await textOf(exportOrders(ctx, always)), ctx);
    expect(report.orders).toEqual({ created: 0, updated: 0, unchanged: 2, rejected: 0 });
  });

  test('keep what money rests on, whatever else happened to an order', async () => {
    const { ctx, order, event, refund } = await openShop(moneyBack);
    await order({ totals: [20_000, 5_000], status: 'placed' });
    await event('W-1', { status: 'shipped', carrier: 'DHL', trackingNumber: 'JD1' });
    await event('W-1', { status: 'delivered' });
    await refund('W-1', '2', 4_000);
    await event('W-1', { status: 'return_requested' });
    await order({ number: 'held', totals: [30_000], email: 'bob@example.com', account: 'ACME' });
    await event('held', { status: 'on_hold' });
    await order({ number: 'gone', totals: [10_000] });
    await event('gone', { status: 'cancelled' });
    const text = await textOf(exportOrders(ctx, always));
    const { ctx: copy } = await importText(text);
    await setProgramme(copy, { currency: 'EUR', timeZone: 'Europe/London', rules: [moneyBack] });
    expect(await balancesOf(copy)).toEqual(await balancesOf(ctx));
    expect(await textOf(exportOrders(copy, always))).toBe(text);
    expect((await verify(copy)).found).toEqual([]);
  });

  test('of business days only, since inclusive, until exclusive', async () => {
    const { ctx } = await importText(
      head +
        line(['A-1', '2026-02-28T22:59:59Z']) +
        line(['A-2', '2026-02-28T23:00:00Z']) +
        line(['A-3', '2026-03-01']) +
        line(['A-4', '2026-03-01T23:00:00Z']),
    );
    await setProgramme(ctx, { currency: 'EUR', timeZone: 'Europe/Paris', rules: [moneyBack] });
    const days = { since: '2026-03-01', until: '2026-03-02' };
    const numbers = await numbersOf(textOf(exportOrders(ctx, days)));
    expect(numbers).toEqual(['A-2', 'A-3']);
    expect(await numbersOf(textOf(exportOrders(ctx, { since: null, until: '2026-03-01' })))).toEqual(['A-1']);
    await expect(exportOrders(ctx, { since: '2026-02-30', until: null })).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });

  test('run over several pages without gaps', async () => {
    const numbers = Array.from({ length: 2500 }, (_, index) => `N-${index}`);
    const { ctx } = await importText(head + numbers.map((number) => line([number, '2026-03-01'])).join(''));
    expect(await numbersOf(textOf(exportOrders(ctx, always)))).toEqual(numbers.toSorted());
  });

  test('come back the same, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anOrder, { minLength: 1, maxLength: 6 }), async (orders) => {
        const rows = orders.flatMap((order, index) =>
          order.map((cells) => csvLine([`N-${index}`, ...cells])),
        );
        const columns = [...head.trim().split(','), ...more].join(',');
        const first = await throughADatabase(`${columns}\n${rows.join('')}`);
        expect(await throughADatabase(first)).toBe(first);
        expect(first.split('\n')[0]).toBe(orderColumns.join(','));
      }),
      { numRuns: 25 },
    );
  });
});

const head = 'order_number,placed_at,customer_email,currency,line_total\n';
const more = [
  'sku',
  'product',
  'quantity',
  'line_discount',
  'refunded_total',
  'status',
  'shipping',
  'account',
];

function line([number, placedAt]: [string, string]): string {
  return `${number},${placedAt},ann@example.com,EUR,12.50\n`;
}

const money = (minor: number) =>
  csvNumber(`${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`);
const word = fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll('\0', ''));

const aLine = fc.record({
  paid: fc.nat(50_000),
  discount: fc.nat(900),
  refundPart: fc.integer({ min: 0, max: 2 }),
  sku: fc.option(word, { nil: null }),
  product: word,
  quantity: fc.integer({ min: 1, max: 5000 }),
});

const anOrder = fc
  .record({
    placedAt: fc.constantFrom('2026-03-01', '2026-03-01T10:00:00Z', '2026-02-27T23:30:00.125Z'),
    email: fc.constantFrom('ann@example.com', 'bob@example.com'),
    status: fc.constantFrom(...eventStatuses),
    shipping: fc.option(fc.nat(900).map(money), { nil: null }),
    account: fc.constantFrom('', 'ACME', '=Formula & Co'),
    lines: fc.array(aLine, { minLength: 1, maxLength: 4 }),
  })
  .map(({ placedAt, email, status, shipping, account, lines }) =>
    lines.map(({ paid, discount, refundPart, sku, product, quantity }) => [
      placedAt,
      email,
      'EUR',
      money(paid + discount),
      sku,
      product,
      csvNumber(String(quantity / 1000)),
      money(discount),
      money(Math.floor((paid * refundPart) / 2)),
      status,
      shipping,
      account,
    ]),
  );

async function numbersOf(csv: Promise<string>): Promise<string[]> {
  const [, ...rows] = (await csv).trimEnd().split('\n');
  return rows.map((row) => row.split(',')[1] ?? '');
}

async function balancesOf(ctx: Context) {
  const balances = [];
  for await (const page of listBalances(ctx)) balances.push(...page);
  return balances;
}
