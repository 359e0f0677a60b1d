import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { parseColumnMap } from '../../../functions/reach/imports/column-map.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { aFile } from './import-file.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop(moneyBack);
});

const map = parseColumnMap({
  source: 'till',
  columns: {
    order_number: 'Invoice',
    placed_at: 'Date',
    customer_email: 'Mail',
    sku: 'Sku',
    quantity: 'Qty',
    unit_price: 'Price',
    refunded_order: 'Of',
  },
  defaults: { currency: 'EUR' },
  refunds: { prefix: 'C' },
});
const header = 'Invoice,Date,Mail,Sku,Qty,Price,Of';

function load(...rows: string[]) {
  return importOrders(shop.ctx, { path: aFile([header, ...rows, ''].join('\n')), map });
}

/** What was given back, by order, line's sku and time. */
async function refunds(): Promise<string[]> {
  const rows = await shop.ctx.db.read({
    sql: `SELECT o.number, ol.sku, rl.amount_minor, r.refund_id FROM refunds r JOIN orders o ON o.id = r.order_id
      JOIN refund_lines rl USING (order_id, refund_id)
      JOIN order_lines ol ON ol.order_id = rl.order_id AND ol.line_id = rl.line_id ORDER BY r.at, o.number, ol.sku`,
    args: [],
  });
  return rows.map((row) => row.join(' '));
}

const sales = [
  '1,2026-01-01,ann@x.example,CD,2,10.00,',
  '2,2026-01-05,ann@x.example,CD,1,12.00,',
  '3,2026-01-09,ann@x.example,CD,3,10.00,',
  '3,2026-01-09,ann@x.example,MUG,1,5.00,',
  '4,2026-01-09,bob@x.example,CD,9,10.00,',
];

test.each<[string, string[], string[], string[]]>([
  [
    'the latest line of the same price',
    ['C91,2026-02-01,ann@x.example,CD,-1,10.00,'],
    ['3 CD 1000 credit:C91'],
    [],
  ],
  [
    'a line of another price when none has the same',
    ['C91,2026-02-01,ann@x.example,MUG,-1,4.00,'],
    ['3 MUG 400 credit:C91'],
    [],
  ],
  [
    'only what was bought before it',
    ['C91,2026-01-04,ann@x.example,CD,-1,10.00,'],
    ['1 CD 1000 credit:C91'],
    [],
  ],
  ['a line of the same day', ['C91,2026-01-01,ann@x.example,CD,-1,10.00,'], ['1 CD 1000 credit:C91'], []],
  [
    'the next older line for what the latest does not hold, then other prices',
    ['C91,2026-02-01,ann@x.example,CD,-6,10.00,'],
    ['1 CD 2000 credit:C91', '2 CD 1000 credit:C91', '3 CD 3000 credit:C91'],
    [],
  ],
  [
    'never more than was paid',
    ['C91,2026-02-01,ann@x.example,CD,-7,10.00,'],
    ['1 CD 2000 credit:C91', '2 CD 1200 credit:C91', '3 CD 3000 credit:C91'],
    [
      'C91 line 7: gives back 70.00 EUR, of which 8.00 EUR found no earlier purchase of "CD" by this customer that was paid for',
    ],
  ],
  [
    'nothing for goods that were never bought',
    ['C91,2026-02-01,ann@x.example,LP,-1,10.00,'],
    [],
    [
      'C91 line 7: gives back 10.00 EUR, but no earlier purchase of "LP" by this customer was paid for and not given back yet',
    ],
  ],
  [
    'nothing for a customer without a purchase',
    ['C91,2026-02-01,eve@x.example,CD,-1,10.00,'],
    [],
    [
      'C91 line 7: gives back 10.00 EUR, but no earlier purchase of "CD" by this customer was paid for and not given back yet',
    ],
  ],
  ['the order that is named', ['C91,2026-02-01,ann@x.example,CD,-1,10.00,1'], ['1 CD 1000 credit:C91'], []],
  [
    'the order whose number the note bears',
    ['C2,2026-02-01,ann@x.example,CD,-1,12.00,'],
    ['2 CD 1200 credit:C2'],
    [],
  ],
  ['the same order in one receipt', ['3,2026-01-09,ann@x.example,MUG,-1,5.00,'], ['3 MUG 500 credit:3'], []],
  [
    'an exchange: what the receipt takes back was bought before',
    ['5,2026-02-01,ann@x.example,MUG,1,5.00,', '5,2026-02-01,ann@x.example,CD,-1,12.00,'],
    ['2 CD 1200 credit:5'],
    [],
  ],
  [
    'a named order that the customer does not have',
    ['C91,2026-02-01,ann@x.example,CD,-1,10.00,4'],
    [],
    [
      'C91 line 7: gives back 10.00 EUR, but order 4 of this customer has no "CD" that was paid for and not given back yet',
    ],
  ],
])('a credit note gives back of %s', async (_name, rows, expected, errors) => {
  const report = await load(...sales, ...rows);
  expect(report.errors.map(({ order, line, reason }) => `${order} line ${line}: ${reason}`)).toEqual(errors);
  expect((await refunds()).sort()).toEqual(expected);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

test('the same file again changes nothing', async () => {
  const rows = [
    ...sales,
    'C91,2026-02-01,ann@x.example,CD,-4,10.00,',
    'C92,2026-02-01,ann@x.example,CD,-1,10.00,',
  ];
  await load(...rows);
  const before = await refunds();
  const again = await load(...rows);
  expect(again.orders).toEqual({ created: 0, updated: 0, unchanged: 4, rejected: 0 });
  expect(await refunds()).toEqual(before);
});

test('gives back of orders that an earlier file told, and once only', async () => {
  await load(...sales);
  const later = ['5,2026-02-01,ann@x.example,CD,1,10.00,', 'C91,2026-01-20,ann@x.example,CD,-3,10.00,'];
  expect((await load(...later)).orders).toEqual({ created: 1, updated: 1, unchanged: 0, rejected: 0 });
  expect(await refunds()).toEqual(['3 CD 3000 credit:C91']);
  await load(...later, '6,2026-01-19,ann@x.example,CD,5,10.00,');
  expect(await refunds()).toEqual(['3 CD 3000 credit:C91']);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

test('what found no line is placed when the purchase comes in a later file', async () => {
  const note = 'C91,2026-02-01,ann@x.example,CD,-2,10.00,';
  await load('1,2026-01-01,ann@x.example,CD,1,10.00,', note);
  expect(await refunds()).toEqual(['1 CD 1000 credit:C91']);
  const { errors } = await load('2,2026-01-02,ann@x.example,CD,1,10.00,', note);
  expect([errors, (await refunds()).sort()]).toEqual([[], ['1 CD 1000 credit:C91', '2 CD 1000 credit:C91']]);
});

test('a credit note takes back the reward that the order earned', async () => {
  await load('1,2026-01-01,ann@x.example,TV,1,150.00,');
  const { rewards } = await load('C91,2026-02-01,ann@x.example,TV,-1,150.00,');
  expect(rewards).toEqual({ earned: -500, entries: 1 });
});

test('a shuffled file with credit notes ends in the same', async () => {
  const rows = [
    ...sales,
    'C91,2026-02-01,ann@x.example,CD,-2,10.00,',
    'C91,2026-02-01,ann@x.example,CD,-1,10.00,',
    'C93,2026-02-01,ann@x.example,CD,-2,10.00,',
    'C94,2026-01-08,ann@x.example,CD,-1,12.00,',
  ];
  await load(...rows);
  const expected = await refunds();
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (shuffled) => {
      shop = await openShop(moneyBack);
      await load(...shuffled);
      expect(await refunds()).toEqual(expected);
    }),
    { numRuns: 4 },
  );
});
