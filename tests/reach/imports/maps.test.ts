import { expect, test } from 'vitest';
import { type ColumnMap, parseColumnMap } from '../../../functions/reach/imports/column-map.ts';
import { ordersOf, stage } from './import-file.ts';

const columns = {
  order_number: 'Nr',
  placed_at: 'Date',
  customer_email: 'Mail',
  line_total: 'Total',
};

function mapOf(map: object = {}, more: object = {}): ColumnMap {
  return parseColumnMap(
    JSON.parse(JSON.stringify({ columns: { ...columns, ...more }, defaults: { currency: 'EUR' }, ...map })),
  );
}

test.each([
  ['half-up', ['0.13', '0.13', '1.00', '12.35']],
  ['half-even', ['0.12', '0.13', '1.00', '12.35']],
  ['down', ['0.12', '0.12', '0.99', '12.34']],
])('rounds amounts with too many decimals %s', async (round, totals) => {
  const file =
    'Nr,Date,Mail,Total\n0,2026-01-01,a@x.example,0.125\n1,2026-01-01,a@x.example,0.1251\n2,2026-01-01,a@x.example,0.9999\n3,2026-01-01,a@x.example,12.3461\n';
  const staged = await stage(file, { map: mapOf({ round }) });
  const cents = ordersOf(staged).map(({ lines: [line] }) => line?.total);
  expect(cents).toEqual(totals.map((total) => BigInt(total.replace('.', ''))));
});

test('refuses too many decimals where the map does not say how to round', async () => {
  const staged = await stage('Nr,Date,Mail,Total\n0,2026-01-01,a@x.example,0.125\n', { map: mapOf() });
  expect(staged.errors).toEqual([{ line: 2, order: '0', reason: 'Total "0.125": EUR has 2 decimals' }]);
});

test('rounds a price times a quantity by the rule, once', async () => {
  const map = mapOf({
    round: 'half-even',
    columns: { ...columns, line_total: undefined, unit_price: 'Total', quantity: 'Qty' },
  });
  const [order] = ordersOf(
    await stage('Nr,Date,Mail,Total,Qty\n0,2026-01-01,a@x.example,0.0125,10\n', { map }),
  );
  expect(order?.lines[0]?.total).toBe(12n);
});

test('joins a day and a time of two columns', async () => {
  const map = mapOf({ dateFormat: 'DD.MM.YYYY HH:mm' }, { placed_at: ['Date', 'Time'] });
  const [order] = ordersOf(
    await stage('Nr;Date;Time;Mail;Total\n1;2.3.2026;9:05;a@x.example;5.00\n', { map }),
  );
  expect(order?.placedAt).toEqual({ ok: true, kind: 'local', local: '2026-03-02T09:05:00.000' });
});

test('a missing time of two columns leaves the day', async () => {
  const map = mapOf({}, { placed_at: ['Date', 'Time'] });
  const [order] = ordersOf(await stage('Nr;Date;Time;Mail;Total\n1;2026-03-02;;a@x.example;5.00\n', { map }));
  expect(order?.placedAt).toEqual({ ok: true, kind: 'date', date: '2026-03-02' });
});

const shipped =
  'Nr,Date,Mail,Total,Shipped,Carrier\n1,2026-03-01,a@x.example,5.00,2026-03-09,DHL\n1,2026-03-01,a@x.example,6.00,2026-03-04,\n1,2026-03-01,a@x.example,7.00,,GLS\n';
const shippedColumns = { delivered_at: 'Shipped', carrier: 'Carrier' };

test.each([
  ['first', '2026-03-04', 'DHL'],
  ['last', '2026-03-09', 'GLS'],
])('takes the %s of several values of an order', async (which, date, carrier) => {
  const map = mapOf({ several: { delivered_at: which, carrier: which } }, shippedColumns);
  const [order] = ordersOf(await stage(shipped, { map }));
  expect(order).toMatchObject({ deliveredAt: { date }, carrier });
});

test('refuses several values in the words of the file where the map does not choose', async () => {
  const staged = await stage(shipped, { map: mapOf({}, shippedColumns) });
  expect(staged.errors).toEqual([
    {
      line: 3,
      order: '1',
      reason: 'Shipped "2026-03-04" contradicts "2026-03-09" on line 2 of the same order',
    },
  ]);
});

test('takes the first of several times at which an order was placed', async () => {
  const map = mapOf({ several: { placed_at: 'first' } });
  const staged = await stage(
    'Nr,Date,Mail,Total\n1,2026-03-01T10:01,a@x.example,5.00\n2,2026-03-01T10:00,a@x.example,1.00\n1,2026-03-01T10:00,a@x.example,6.00\n',
    { map },
  );
  expect(staged.errors).toEqual([]);
  expect(ordersOf(staged).map(({ number, placedAt, lines }) => [number, placedAt, lines.length])).toEqual([
    ['1', { ok: true, kind: 'local', local: '2026-03-01T10:00:00.000' }, 2],
    ['2', { ok: true, kind: 'local', local: '2026-03-01T10:00:00.000' }, 1],
  ]);
});

test('reads currencies in small letters', async () => {
  const map = mapOf({ defaults: {} }, { currency: 'Cur' });
  const staged = await stage('Nr,Date,Mail,Total,Cur\n1,2026-03-01,a@x.example,5.00,usd\n', { map });
  expect(ordersOf(staged)[0]?.currency).toBe('USD');
  expect(staged.notes).toEqual(['Currencies in small letters were read as capitals.']);
});

test.each([
  ['of the order', { tax: 'Tax' }],
  ['of the rows', { line_tax: 'Tax' }],
])('tax %s that is inside the prices is on top of nothing', async (_name, tax) => {
  const map = mapOf({ taxInside: true }, tax);
  const [order] = ordersOf(
    await stage('Nr,Date,Mail,Total,Tax\n1,2026-03-01,a@x.example,12.00,2.00\n', { map }),
  );
  expect(order).toMatchObject({ tax: null, taxIncluded: 200n, lines: [{ total: 1200n }] });
});

test('reads a file in the encoding that the map names', async () => {
  const file = Buffer.from('Nr,Date,Mail,Total,N\n1,2026-03-01,a@x.example,5.00,\xc0\n', 'latin1');
  const map = mapOf({ encoding: 'windows-1251' }, { customer_name: 'N' });
  expect((await stage(file, { map })).accounts[0]?.names).toEqual(new Map([['a@x.example', 'А']]));
});

test.each([
  ['minus amounts', 'R-1', '-1', '-5.00'],
  ['a minus quantity alone', 'R-1', '-1', '5.00'],
  ['a number with the prefix', 'R-1', '1', '5.00'],
])('reads rows with %s as taking goods back', async (_name, number, quantity, total) => {
  const map = mapOf({ refunds: { prefix: 'R-' } }, { quantity: 'Qty', sku: 'Sku' });
  const staged = await stage(
    `Nr,Date,Mail,Total,Qty,Sku\n1,2026-03-01,a@x.example,10.00,2,CD\n${number},2026-03-02,a@x.example,${total},${quantity},CD\n`,
    { map },
  );
  expect(staged.accounts[0]).toMatchObject({
    orders: [{ number: '1' }],
    credits: [{ number: 'R-1', line: 3, goods: [{ sku: 'CD', quantityMilli: 1000, amount: 500n }] }],
  });
});
