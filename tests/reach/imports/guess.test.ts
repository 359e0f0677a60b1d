import { beforeEach, expect, test } from 'vitest';
import { parseColumnMap } from '../../../functions/reach/imports/column-map.ts';
import type { Guess } from '../../../functions/reach/imports/guess/finding.ts';
import { guessMap, importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { aFile } from './import-file.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop(moneyBack);
});

/** Guesses a map, and imports the file by it as it was written. */
async function guess(content: string | Buffer, currency: string | null = null) {
  const path = aFile(content);
  const guessed = await guessMap(shop.ctx, { path, currency });
  const map = parseColumnMap(JSON.parse(JSON.stringify(guessed.map)));
  const report = await importOrders(shop.ctx, { path, map, currency });
  return { ...guessed, report };
}

test('our own format', async () => {
  const file =
    'order_number,placed_at,customer_email,currency,line_total,sku,status\nA-1,2026-03-01,ann@x.example,EUR,10.00,CD,shipped\n';
  const { map, report, because } = await guess(file);
  expect(map.columns).toMatchObject({ order_number: 'order_number', line_total: 'line_total', sku: 'sku' });
  expect(because[0]).toBe('This is a Regulars orders CSV; it is read without a map, and better so.');
  expect(report).toMatchObject({ orders: { created: 1, rejected: 0 }, errors: [] });
  expect((await importOrders(shop.ctx, { path: aFile(file) })).orders).toMatchObject({
    unchanged: 1,
    created: 0,
  });
});

test('a German till', async () => {
  const { map, report, because, open } = await guess(
    'Datum;Uhrzeit;Belegnummer;Artikel;Menge;Betrag\n' +
      '03.03.2026;09:12;1001;Brot;2;5,80\n03.03.2026;09:12;1001;Käse;0,250;4,75\n24.03.2026;17:40;1002;Wurst;1;1.002,90\n',
  );
  expect(map).toEqual({
    source: 'till',
    dateFormat: 'DD.MM.YYYY HH:mm',
    decimalComma: true,
    defaults: { currency: 'EUR' },
    columns: {
      order_number: 'Belegnummer',
      placed_at: ['Datum', 'Uhrzeit'],
      line_total: 'Betrag',
      quantity: 'Menge',
      product: 'Artikel',
    },
  });
  expect(report).toMatchObject({ lines: 3, errors: [] });
  expect(because).toContain('No column tells the currency; EUR is that of the business.');
  expect(open[0]).toMatch(/^No column tells who bought/);
});

const uci =
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n' +
  '536365,85123A,HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom\n' +
  '536365,71053,LANTERN,6,12/1/2010 8:26,3.39,17850,United Kingdom\n' +
  '536370,85123A,HOLDER,2,12/13/2010 8:45,2.55,,France\n' +
  'C536383,71053,LANTERN,-1,12/14/2010 9:49,3.39,17850,United Kingdom\n';

test('UCI Online Retail', async () => {
  const { map, report, because } = await guess(uci, 'GBP');
  expect(map).toEqual({
    source: 'till',
    dateFormat: 'MM/DD/YYYY HH:mm',
    defaults: { currency: 'GBP' },
    refunds: { minus: true, prefix: 'C' },
    columns: {
      order_number: 'InvoiceNo',
      placed_at: 'InvoiceDate',
      customer_key: 'CustomerID',
      unit_price: 'UnitPrice',
      quantity: 'Quantity',
      sku: 'StockCode',
      product: 'Description',
    },
  });
  expect(report.errors).toEqual([]);
  expect(because).toContain('The numbers of credit notes begin with "C".');
});

test('Superstore', async () => {
  const { map, report, open } = await guess(
    'Row ID,Order ID,Order Date,Ship Date,Ship Mode,Customer ID,Customer Name,Segment,Country,City,State,Postal Code,Region,Product ID,Category,Sub-Category,Product Name,Sales,Quantity,Discount,Profit\n' +
      '1,CA-2016-152156,11/8/2016,11/11/2016,Second Class,CG-12520,Claire Gute,Consumer,United States,Henderson,Kentucky,42420,South,FUR-BO-10001798,Furniture,Bookcases,Bush Bookcase,261.96,2,0,41.9136\n' +
      '4,US-2015-108966,10/11/2015,10/18/2015,Standard Class,SO-20335,Sean,Consumer,United States,Fort,Florida,33311,South,FUR-TA-10000577,Furniture,Tables,Bretford Table,957.5775,5,0.45,-383.031\n' +
      '5,US-2015-108966,10/11/2015,10/19/2015,Standard Class,SO-20335,Sean,Consumer,United States,Fort,Florida,33311,South,OFF-ST-10000760,Office,Storage,Eldon,22.368,2,0.2,2.5164\n',
    'USD',
  );
  expect(map).toMatchObject({
    dateFormat: 'MM/DD/YYYY',
    round: 'half-up',
    several: { delivered_at: 'last' },
    columns: {
      order_number: 'Order ID',
      placed_at: 'Order Date',
      delivered_at: 'Ship Date',
      customer_key: 'Customer ID',
      customer_name: 'Customer Name',
      line_total: 'Sales',
      sku: 'Product ID',
      product: 'Product Name',
      category: 'Category',
    },
  });
  expect(map.columns).not.toHaveProperty('line_discount');
  expect(report).toMatchObject({ orders: { rejected: 0 }, errors: [] });
  expect(open[0]).toBe(
    '"Discount" looks like a rate and no amount, so it is not read: the totals count as they are.',
  );
});

test('a Ukrainian till in Windows-1251', async () => {
  const text =
    'Номер чека;Дата;Клієнт;Пошта;Товар;Кількість;Сума;Статус\n7;01.03.2026 10:00;Олена;olena@x.example;Чашка;1;1 250,00 грн;Виконано\n';
  const cp1251 = [
    ...new TextDecoder('windows-1251').decode(Uint8Array.from({ length: 128 }, (_, at) => at + 128)),
  ];
  const bytes = Buffer.from(
    [...text].map((one) => (cp1251.includes(one) ? cp1251.indexOf(one) + 128 : one.charCodeAt(0))),
  );
  const { map, report, because } = await guess(bytes);
  expect(map).toMatchObject({
    defaults: { currency: 'UAH' },
    statuses: { Виконано: 'delivered' },
    columns: {
      order_number: 'Номер чека',
      customer_email: 'Пошта',
      customer_name: 'Клієнт',
      line_total: 'Сума',
    },
  });
  expect(because[0]).toMatch(/Windows-1251/);
  expect(report).toMatchObject({ orders: { created: 1 }, errors: [] });
});

const guessed = (content: string): Promise<Guess> =>
  guessMap(shop.ctx, { path: aFile(content), currency: null });

test('a date that reads either way is told', async () => {
  const { because } = await guessed('order,date,email,total\n1,03/04/2026,a@x.example,5.00\n');
  expect(because).toContain('No day tells whether the month stands first: if it does, write MM/DD/YYYY.');
});

test('finds addresses and currencies by their values alone', async () => {
  const { map } = await guessed(
    'order,date,wer,total,x\n1,2026-03-04,a@x.example,5.00,eur\n2,2026-03-04,b@x.example,5.00,USD\n',
  );
  expect(map.columns).toMatchObject({ customer_email: 'wer', currency: 'x' });
});

test('says what it could not tell', async () => {
  const { map, open } = await guessed('a,b,c\nx,y,z\n');
  expect(map.columns).toEqual({});
  expect(open.join('\n')).toMatch(
    /number of the order.*day of the order.*who bought.*amount.*Nothing is read from "a", "b", "c"\./s,
  );
});

test('names the states that are not known', async () => {
  const { map, open } = await guessed(
    'order,date,email,total,status\n1,2026-03-04,a@x.example,5.00,Completed\n2,2026-03-04,a@x.example,5.00,Blue\n',
  );
  expect(map.statuses).toEqual({ Completed: 'delivered' });
  expect(open[0]).toMatch(/^What "Blue" mean/);
});
