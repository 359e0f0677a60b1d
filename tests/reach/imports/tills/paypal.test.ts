import { describe } from 'vitest';
import { checkTill } from '../till-table.ts';

const names = [
  ...[
    'Date',
    'Time',
    'TimeZone',
    'Name',
    'Type',
    'Status',
    'Currency',
    'Gross',
    'Fee',
    'Net',
    'From Email Address',
  ],
  ...['To Email Address', 'Transaction ID', 'Shipping Address', 'Address Status', 'Item Title', 'Item ID'],
  ...['Shipping and Handling Amount', 'Insurance Amount', 'Sales Tax', 'Option 1 Name', 'Option 1 Value'],
  ...[
    'Reference Txn ID',
    'Invoice Number',
    'Custom Number',
    'Quantity',
    'Receipt ID',
    'Balance',
    'Balance Impact',
  ],
];
const headerOf = (columns: readonly string[]) => columns.map((name) => `"${name}"`).join(',');
const header = headerOf(names);
const british = headerOf(names)
  .replace('"TimeZone"', '"Time zone"')
  .replace('Shipping and Handling Amount', 'Postage and Packaging Amount')
  .replace('Sales Tax', 'VAT');

const sale: Record<string, string> = {
  Date: '01/05/2026',
  Time: '10:00:00',
  TimeZone: 'PST',
  Name: 'Ann Lee',
  Type: 'Express Checkout Payment',
  Status: 'Completed',
  Currency: 'USD',
  Gross: '15.00',
  'From Email Address': 'ann@x.example',
  'To Email Address': 'shop@x.example',
  'Transaction ID': 'T1',
  'Item Title': 'Mug',
  'Balance Impact': 'Credit',
};

function row(about: Record<string, string>): string {
  const it = { ...sale, ...about };
  return names.map((name) => `"${it[name] ?? ''}"`).join(',');
}

function refund(about: Record<string, string>): string {
  const taken = { Type: 'Payment Refund', Gross: '-5.00', 'Transaction ID': 'R1', 'Reference Txn ID': 'T1' };
  return row({
    Date: '01/25/2026',
    'From Email Address': 'shop@x.example',
    'Balance Impact': 'Debit',
    ...taken,
    ...about,
  });
}

const later = row({ Date: '01/13/2026', 'Transaction ID': 'T9', Status: 'Denied' });
const mug = 'T1 ann@x.example 2026-01-05T18:00:00Z delivered 2026-01-05T18:00:00Z: Mug 15.00';

describe('PayPal activity', () => {
  checkTill(header, [
    {
      name: 'a payment is one line, at the time of its zone',
      rows: [row({})],
      orders: [`${mug} USD`],
      earned: 100,
    },
    {
      name: 'shipping and tax are parts of what was paid',
      rows: [
        row({ Gross: '17.50', 'Shipping and Handling Amount': '1.50', 'Sales Tax': '1.00', Quantity: '2' }),
      ],
      orders: [`${mug.replace('Mug', '2 Mug')} | shipping 1.50, tax 1.00 USD`],
      earned: 100,
    },
    {
      name: 'a part given back is a row of its own',
      rows: [row({}), refund({ Gross: '-6.00' })],
      orders: [`${mug} back 6.00 USD`],
      earned: 0,
    },
    {
      name: 'all of it given back, told before the payment',
      rows: [refund({ Gross: '-15.00' }), row({ Status: 'Refunded' })],
      orders: [`${mug} back 15.00 USD`],
      earned: 0,
    },
    {
      name: 'refunds in later files add up, each once',
      files: [
        `${header}\n${row({})}\n`,
        `${header}\n${refund({})}\n`,
        `${header}\n${refund({})}\n${refund({ 'Transaction ID': 'R2', Gross: '-2.50' })}\n`,
      ],
      orders: [`${mug} back 7.50 USD`],
      earned: 0,
    },
    {
      name: 'a refund of a payment that nobody told is refused',
      rows: [refund({ 'Reference Txn ID': 'T0' })],
      orders: [],
      rejected: ['takes back goods of a sale that is neither in this file nor known'],
    },
    {
      name: 'a chargeback takes back',
      rows: [row({}), refund({ Type: 'Chargeback', Gross: '-15.00' })],
      orders: [`${mug} back 15.00 USD`],
      earned: 0,
    },
    {
      name: 'a pending payment earns once it is completed',
      files: [`${header}\n${row({ Status: 'Pending' })}\n`, `${header}\n${row({})}\n`],
      orders: [`${mug} USD`],
      earned: 100,
    },
    {
      name: 'a pending payment that was denied is cancelled',
      files: [`${header}\n${row({ Status: 'Pending' })}\n`, `${header}\n${row({ Status: 'Denied' })}\n`],
      orders: ['T1 ann@x.example 2026-01-05T18:00:00Z cancelled: Mug 15.00 USD'],
      earned: 0,
    },
    {
      name: 'what is no sale is left out, with its reason',
      rows: [
        row({}),
        row({
          'Transaction ID': 'W1',
          Type: 'General Withdrawal',
          Gross: '-1,000.00',
          'Balance Impact': 'Debit',
        }),
        row({ 'Transaction ID': 'P1', Type: 'General Payment', Gross: '-23.00', 'Balance Impact': 'Debit' }),
        row({ 'Transaction ID': 'H1', Type: 'Account Hold for Open Authorization', Gross: '-10.00' }),
        row({ 'Transaction ID': 'C1', Type: 'General Currency Conversion', Gross: '9.00' }),
        row({ 'Transaction ID': 'S1', Type: 'Shopping Cart Item', 'Balance Impact': 'Memo' }),
        later,
      ],
      orders: [`${mug} USD`],
      leftOut: [
        '2 × movement of the PayPal account',
        '1 × payment to somebody else',
        '1 × money held or authorised',
        '1 × row that moved no money',
        '1 × failed or cancelled before it was told',
      ],
      earned: 100,
    },
    {
      name: 'days before months, told by a day above 12, with decimal commas',
      files: [
        `\ufeff${british}\n${row({ Date: '05/01/2026', TimeZone: 'CET', Gross: '1.015,00', Currency: 'EUR' })}\n` +
          `${row({ Date: '25/01/2026', TimeZone: 'CET', Gross: '15,00', Currency: 'EUR', 'Transaction ID': 'T2' })}\n`,
      ],
      orders: [
        'T1 ann@x.example 2026-01-05T09:00:00Z delivered 2026-01-05T09:00:00Z: Mug 1015.00 EUR',
        'T2 ann@x.example 2026-01-25T09:00:00Z delivered 2026-01-25T09:00:00Z: Mug 15.00 EUR',
      ],
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      earned: 10300,
    },
    {
      name: 'days before months, told by the order of the rows',
      files: [
        `${british}\n${row({ Date: '03/02/2026', TimeZone: 'GMT' })}\n` +
          `${row({ Date: '02/03/2026', TimeZone: 'GMT', 'Transaction ID': 'T2' })}\n` +
          `${row({ Date: '01/04/2026', TimeZone: 'GMT', 'Transaction ID': 'T3' })}\n`,
      ],
      orders: ['2026-02-03', '2026-03-02', '2026-04-01'].map(
        (day, index) =>
          `T${index + 1} ann@x.example ${day}T10:00:00Z delivered ${day}T10:00:00Z: Mug 15.00 USD`,
      ),
      timeZone: 'Africa/Abidjan',
    },
    {
      name: 'a personal statement says Description for Type',
      files: [
        `"Date","Time","Time Zone","Description","Currency","Gross","Fee","Net","Balance","Transaction ID","From Email Address","Name","Shipping and Handling Amount","Sales Tax","Invoice ID","Reference Txn ID"\n` +
          `"05.01.2026","10:00:00","Europe/Berlin","Website Payment","EUR","15,00","0,00","15,00","15,00","T1","ann@x.example","Ann","0,00","0,00","",""\n`,
      ],
      orders: ['T1 ann@x.example 2026-01-05T09:00:00Z delivered 2026-01-05T09:00:00Z: – 15.00 EUR'],
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      earned: 100,
    },
    {
      name: 'the same rows twice count once, in a later file as well',
      files: [`${header}\n${row({})}\n${row({})}\n`, `${header}\n${refund({})}\n${refund({})}\n`],
      orders: [`${mug} back 5.00 USD`],
    },
    {
      name: 'a payment in another currency is kept and not counted',
      rows: [row({ Currency: 'CAD' })],
      orders: [`${mug} CAD`],
      earned: 0,
    },
  ]);
});
