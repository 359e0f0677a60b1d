import { describe } from 'vitest';
import { checkTill } from '../till-table.ts';

const names = [
  ...[
    'Sales Record Number',
    'Order Number',
    'Buyer Username',
    'Buyer Name',
    'Buyer Email',
    'Ship To Name',
    'Item Number',
  ],
  ...['Item Title', 'Custom Label', 'Quantity', 'Sold For', 'Shipping And Handling', 'Seller Collected Tax'],
  ...[
    'eBay Collected Tax',
    'Total Price',
    'eBay Collected Tax and Fees Included in Total',
    'Payment Method',
    'Sale Date',
  ],
  ...['Paid On Date', 'Ship By Date', 'Shipped On Date', 'Tracking Number', 'Transaction ID'],
];
const british = new Map([
  ['Sales Record Number', 'Sales record number'],
  ['Order Number', 'Order number'],
  ['Buyer Username', 'Buyer username'],
  ['Ship To Name', 'Post to name'],
  ['Item Title', 'Item title'],
  ['Sold For', 'Sold for'],
  ['Shipping And Handling', 'Postage and packaging'],
  ['Total Price', 'Total price'],
  ['Sale Date', 'Sale date'],
  ['Paid On Date', 'Paid on date'],
  ['Ship By Date', 'Post by date'],
  ['Shipped On Date', 'Dispatched on date'],
]);
const quoted = (cells: readonly string[]) => cells.map((cell) => `"${cell}"`).join(',');
const commas = ','.repeat(names.length - 1);
/** As the report begins: a line of bare commas, the header, a row of nothing. */
const header = `${commas}\n${quoted(names)}\n${commas}`;
const britishHeader = quoted(names.map((name) => british.get(name) ?? name));

const item = {
  'Sales Record Number': '149',
  'Order Number': '11-10001',
  'Buyer Username': 'Fox_Fan',
  'Item Number': '22001',
  'Item Title': 'Card',
  Quantity: '1',
  'Sold For': '$15.00',
  'Shipping And Handling': '$4.50',
  'Seller Collected Tax': '$0.00',
  'eBay Collected Tax': '$1.05',
  'Total Price': '$20.55',
  'Sale Date': 'Jul-21-25',
  'Paid On Date': 'Jul-21-25',
  'Shipped On Date': 'Jul-23-25',
  'Transaction ID': '9001',
};

function row(about: Record<string, string> = {}): string {
  const cells: Record<string, string> = { ...item, ...about };
  return quoted(names.map((name) => cells[name] ?? ''));
}

const ofMany = { 'Shipping And Handling': '', 'eBay Collected Tax': '', 'Total Price': '' };
const summary = row({
  'Item Number': '',
  'Item Title': '',
  'Transaction ID': '',
  Quantity: '3',
  'Sold For': '$28.00',
});
const card = '11-10001 fox_fan 2025-07-21 delivered 2025-07-23: Card 15.00 | shipping 4.50, tax 1.05 USD';

describe('eBay orders report', () => {
  checkTill(header, [
    {
      name: 'an item that was shipped earns from the day of shipping',
      rows: [row()],
      orders: [card],
      earned: 100,
    },
    {
      name: 'the lines around the orders are none',
      rows: [
        row(),
        commas,
        '"1","record(s) downloaded","from Jul-01-25 to Jul-31-25"',
        'Seller ID : fox-shop',
      ],
      orders: [card],
      leftOut: ['2 × end of the report'],
    },
    {
      name: 'an order of several items has its shipping on a row of its own',
      rows: [
        summary,
        row({ ...ofMany, 'Sold For': '$13.00' }),
        row({
          ...ofMany,
          'Item Title': 'Sleeve',
          'Sold For': '$7.50',
          Quantity: '2',
          'Transaction ID': '9002',
        }),
      ],
      orders: [
        '11-10001 fox_fan 2025-07-21 delivered 2025-07-23: Card 13.00; 2 Sleeve 15.00 | shipping 4.50, tax 1.05 USD',
      ],
      earned: 200,
    },
    {
      name: 'of two parcels the later counts',
      rows: [
        summary,
        row({ ...ofMany, 'Shipped On Date': 'Jul-23-25' }),
        row({ ...ofMany, 'Shipped On Date': 'Jul-29-25', 'Item Title': 'Sleeve', 'Transaction ID': '9002' }),
      ],
      orders: [
        '11-10001 fox_fan 2025-07-21 delivered 2025-07-29: Card 15.00; Sleeve 15.00 | shipping 4.50, tax 1.05 USD',
      ],
    },
    {
      name: 'the price is that of one',
      rows: [row({ Quantity: '3', 'Sold For': '$1,260.00' })],
      orders: [card.replace('Card 15.00', '3 Card 3780.00')],
      earned: 37800,
    },
    {
      name: 'an item not shipped yet waits, and earns once a later report says so',
      files: [`${header}\n${row({ 'Shipped On Date': '' })}\n`, `${header}\n${row()}\n`],
      orders: [card],
      earned: 100,
    },
    {
      name: 'what was not paid for yet is no order',
      rows: [row({ 'Order Number': '', 'Paid On Date': '', 'Shipped On Date': '' })],
      orders: [],
      leftOut: ['1 × order that was not paid for yet'],
    },
    {
      name: 'the British words, days and pounds',
      files: [
        `\n${britishHeader}\n${row({ 'Sold For': '£15.00', 'Shipping And Handling': '£4.50', 'eBay Collected Tax': '', 'Sale Date': '21-Jul-25', 'Shipped On Date': '23-Jul-25' })}\n"1","record(s) downloaded"\n`,
      ],
      orders: ['11-10001 fox_fan 2025-07-21 delivered 2025-07-23: Card 15.00 | shipping 4.50 GBP'],
      leftOut: ['1 × end of the report'],
      currency: 'GBP',
      timeZone: 'Europe/London',
      earned: 100,
    },
    {
      name: 'Australian dollars say so',
      rows: [
        row({
          'Sold For': 'AU $1,015.00',
          'Shipping And Handling': 'AU $4.50',
          'eBay Collected Tax': 'AU $1.05',
        }),
      ],
      orders: [card.replace('15.00', '1015.00').replace('USD', 'AUD')],
      earned: 0,
    },
    {
      name: 'euros with decimal commas',
      rows: [
        row({
          'Sold For': 'EUR 90,00',
          'Shipping And Handling': 'EUR 3,50',
          'eBay Collected Tax': '',
        }),
      ],
      orders: ['11-10001 fox_fan 2025-07-21 delivered 2025-07-23: Card 90.00 | shipping 3.50 EUR'],
      currency: 'EUR',
      earned: 900,
    },
    {
      name: 'times of the day are those of the shop',
      rows: [row({ 'Sale Date': 'Jul-21-25 23:45:00' })],
      orders: [card.replace('2025-07-21', '2025-07-22T03:45:00Z')],
    },
    {
      name: 'an email of the buyer is taken, one that eBay made up is not',
      rows: [
        row({ 'Buyer Email': 'ann@x.example' }),
        row({
          'Order Number': '11-10002',
          'Buyer Username': 'Owl',
          'Buyer Email': '12ab34@members.ebay.com',
        }),
      ],
      orders: [card.replace('fox_fan', 'ann@x.example'), card.replace('11-10001 fox_fan', '11-10002 owl')],
    },
    { name: 'the same row twice counts once', rows: [row(), row()], orders: [card], earned: 100 },
  ]);
});
