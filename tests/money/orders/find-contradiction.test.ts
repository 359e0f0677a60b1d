import { expect, test } from 'vitest';
import { parseColumnMap } from '../../../functions/reach/imports/column-map.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const map = parseColumnMap({
  columns: {
    order_number: 'Nr',
    placed_at: 'Tag',
    customer_email: 'Mail',
    currency: 'W',
    sku: 'Art',
    quantity: 'Menge',
    line_total: 'Summe',
    line_discount: 'Rabatt',
    shipping: 'Porto',
  },
});
const header = 'Nr,Tag,Mail,W,Art,Menge,Summe,Rabatt,Porto\n';
const recorded = [
  '1,2026-03-01,a@x.example,EUR,CD,2,20.00,1.00,3.00',
  '1,2026-03-01,a@x.example,EUR,MUG,1,5.00,,',
];

test.each<[string, string[], string]>([
  [
    'another currency',
    recorded.map((row) => row.replace('EUR', 'USD')),
    'W: the currency is USD, but EUR was recorded',
  ],
  [
    'another day',
    recorded.map((row) => row.replace('03-01', '03-02')),
    'Tag: the time of the order is 2026-03-02, but 2026-03-01 was recorded',
  ],
  [
    'another total',
    [recorded[0]?.replace('20.00', '21.00') ?? '', recorded[1] ?? ''],
    'Summe: the total of line 1 (CD) is 21.00, but 20.00 was recorded',
  ],
  [
    'another discount',
    [recorded[0]?.replace('1.00', '2.00') ?? '', recorded[1] ?? ''],
    'Rabatt: the discount of line 1 (CD) is 2.00, but 1.00 was recorded',
  ],
  [
    'another quantity',
    [recorded[0]?.replace(',2,', ',3,') ?? '', recorded[1] ?? ''],
    'Menge: the quantity of line 1 (CD) is 3, but 2 was recorded',
  ],
  [
    'a line more',
    [...recorded, '1,2026-03-01,a@x.example,EUR,TV,1,9.00,,'],
    'Summe: line 3 (TV) for 9.00 was not recorded',
  ],
  ['a line less', recorded.slice(0, 1), 'Summe: line 2 (MUG) for 5.00 is not among those told now'],
  [
    'another shipping',
    recorded.map((row) => row.replace('3.00', '4.00')),
    'Porto: shipping is 4.00, but 3.00 was recorded',
  ],
  [
    'another customer',
    recorded.map((row) => row.replace('a@', 'b@')),
    'order 1 of csv belongs to another account',
  ],
])('tells of %s in the words of the file', async (_name, rows, reason) => {
  const shop = await openShop(moneyBack);
  const load = (lines: string[]) =>
    importOrders(shop.ctx, { path: aFile(`${header}${lines.join('\n')}\n`), map });
  await load(recorded);
  expect((await load(rows)).errors.map((error) => error.reason)).toEqual([reason]);
});
