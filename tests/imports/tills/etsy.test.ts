import { describe } from 'vitest';
import { checkTill } from '../till-table.ts';

const items =
  'Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Order Shipping,' +
  'Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship Address1,' +
  'Ship Address2,Ship City,Ship State,Ship Zipcode,Ship Country,Order ID,Variations,Order Type,Listings Type,' +
  'Payment Type,InPerson Discount,InPerson Location,VAT Paid by Buyer,SKU';
const british = items
  .replaceAll('Shipping', 'Delivery')
  .replaceAll('Shipped', 'Posted')
  .replaceAll('Ship ', 'Delivery ');

interface Item {
  sale?: string;
  name?: string;
  buyer?: string;
  quantity?: number;
  total?: string;
  discount?: string;
  shipping?: string;
  tax?: string;
  currency?: string;
  shipped?: string;
  order?: string;
  id?: number;
  type?: string;
  vat?: string;
  sku?: string;
}

function item(about: Item): string {
  const it = {
    ...{ sale: '08/14/25', name: 'Fox', buyer: 'Jane Doe (jane42)', quantity: 1, total: '12.00' },
    ...about,
  };
  const money = `,,,${it.discount ?? '0.00'},0.00,${it.shipping ?? '0'},${it.tax ?? '0'},${it.total}`;
  const goods = `${it.sale},"${it.name}","${it.buyer}",${it.quantity},1.00${money}`;
  const parcel = `${it.currency ?? 'USD'},${it.id ?? 4001},9001,${it.sale},${it.shipped ?? '08/15/2025'},Jane Doe,,,,,,`;
  return `${goods},${parcel},${it.order ?? '3001'},,${it.type ?? 'online'},listing,online_cc,,,${it.vat ?? '0'},${it.sku ?? ''}`;
}

const who = 'jane42';

describe('Etsy sold order items', () => {
  checkTill(items, [
    {
      name: 'an item that was shipped earns from the day of shipping',
      rows: [item({ shipping: '4.50', tax: '0.62' })],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00 | shipping 4.50, tax 0.62 USD`],
      earned: 100,
    },
    {
      name: 'several items are one order, and its shipping counts once',
      rows: [
        item({ shipping: '4.50' }),
        item({ id: 4002, name: 'Owl', quantity: 2, total: '10.00', shipping: '4.50' }),
      ],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00; 2 Owl 10.00 | shipping 4.50 USD`],
      earned: 200,
    },
    {
      name: 'a coupon is taken off its item',
      rows: [item({ total: '29.99', discount: '3.00' })],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 29.99 -3.00 USD`],
      earned: 200,
    },
    {
      name: 'an item not shipped yet waits, and earns once a later file says so',
      files: [`${items}\n${item({ shipped: '' })}\n`, `${items}\n${item({})}\n`],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00 USD`],
      earned: 100,
    },
    {
      name: 'an item that was not shipped earns nothing',
      rows: [item({ shipped: '' })],
      orders: [`3001 ${who} 2025-08-14 confirmed: Fox 12.00 USD`],
      earned: 0,
    },
    {
      name: 'what was sold in person is delivered at once',
      rows: [item({ shipped: '', type: 'in person' })],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-14: Fox 12.00 USD`],
      earned: 100,
    },
    {
      name: 'the British words are the same columns',
      files: [`${british}\n${item({ currency: 'GBP', shipping: '3.20' })}\n`],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00 | shipping 3.20 GBP`],
      currency: 'GBP',
      timeZone: 'Europe/London',
      earned: 100,
    },
    {
      name: 'a buyer without brackets is known by the user name',
      rows: [item({ buyer: 'coolbuyer42' })],
      orders: ['3001 coolbuyer42 2025-08-14 delivered 2025-08-15: Fox 12.00 USD'],
    },
    {
      name: 'VAT that Etsy collects for each item comes on top',
      rows: [item({ vat: '2.40' }), item({ id: 4002, name: 'Owl', total: '10.00', vat: '2.00' })],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00; Owl 10.00 | tax 4.40 USD`],
      earned: 200,
    },
    {
      name: 'amounts with signs and thousands are read',
      rows: [item({ total: '"$1,012.00"', shipping: '$4.50' })],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 1012.00 | shipping 4.50 USD`],
      earned: 10100,
    },
    {
      name: 'days saved again by a spreadsheet are read',
      rows: [item({ sale: '8/4/2025', shipped: '8/5/2025' })],
      orders: [`3001 ${who} 2025-08-04 delivered 2025-08-05: Fox 12.00 USD`],
    },
    {
      name: 'another currency is kept and not counted',
      rows: [item({ currency: 'CAD' })],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00 CAD`],
      earned: 0,
    },
    {
      name: 'two pieces alike are two lines',
      rows: [item({ sku: 'FOX' }), item({ id: 4002, sku: 'FOX' })],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00; Fox 12.00 USD`],
      earned: 200,
    },
    {
      name: 'the same row twice counts once',
      rows: [item({}), item({})],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00 USD`],
      earned: 100,
    },
    {
      name: 'a row that contradicts its order leaves the order out',
      rows: [item({ shipping: '4.50' }), item({ id: 4002, shipping: '5.00' })],
      orders: [],
      rejected: ['contradicts'],
    },
  ]);
});

const orders =
  'Sale Date,Order ID,Buyer User ID,Full Name,First Name,Last Name,Number of Items,Payment Method,Date Shipped,Street 1,' +
  'Street 2,Ship City,Ship State,Ship Zipcode,Ship Country,Currency,Order Value,Coupon Code,Coupon Details,' +
  'Discount Amount,Shipping Discount,Shipping,Sales Tax,Order Total,Status,Card Processing Fees,Order Net,' +
  'Adjusted Order Total,Adjusted Card Processing Fees,Adjusted Net Order Amount,Buyer,Order Type,Payment Type,' +
  'InPerson Discount,InPerson Location,SKU';
const britishOrders = orders
  .replace('Date Shipped', 'Date Posted')
  .replaceAll('Shipping', 'Delivery')
  .replaceAll('Ship ', 'Delivery ')
  .replace('Sales Tax', 'Sales tax');

interface Sold {
  sale?: string;
  buyer?: string;
  pieces?: number;
  shipped?: string;
  currency?: string;
  value?: string;
  discount?: string;
  shipping?: string;
  tax?: string;
  total?: string;
  status?: string;
  adjusted?: string;
  type?: string;
}

function sold(about: Sold): string {
  const it = {
    ...{ sale: '12/30/23', buyer: 'jane42', pieces: 1, shipped: '01/04/24', value: '17', shipping: '4.13' },
    ...about,
  };
  const head = `${it.sale},3159,${it.buyer},Jane Doe,Jane,Doe,${it.pieces},Credit Card,${it.shipped},1 Main St,,X,AK,99503,`;
  const money = `${it.currency ?? 'USD'},${it.value},,,${it.discount ?? '0'},0,${it.shipping},${it.tax ?? '0'},${it.total ?? '21.13'}`;
  const net = `${it.status ?? ''},0.76,16.12,${it.adjusted ?? '0'},0,0,Jane Doe,${it.type ?? 'online'},online_cc,,,`;
  return `${head}United States,${money},${net}`;
}

describe('Etsy sold orders', () => {
  checkTill(orders, [
    {
      name: 'an order is one line of all its pieces',
      rows: [sold({ pieces: 2 })],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: 2 – 17.00 | shipping 4.13 USD`],
      earned: 100,
    },
    {
      name: 'tax that Etsy collected stands in the total alone',
      rows: [sold({ discount: '4.25', total: '17.95' })],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 -4.25 | shipping 4.13, tax 1.07 USD`],
      earned: 100,
    },
    {
      name: 'tax that the shop collected is told',
      rows: [sold({ tax: '1.70', total: '22.83' })],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 | shipping 4.13, tax 1.70 USD`],
    },
    {
      name: 'a part given back is what the adjusted total lacks',
      rows: [sold({ adjusted: '11.13' })],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 back 10.00 | shipping 4.13 USD`],
      earned: 0,
    },
    {
      name: 'a refund in a later file takes back what was earned',
      files: [`${orders}\n${sold({})}\n`, `${orders}\n${sold({ adjusted: '11.13' })}\n`],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 back 10.00 | shipping 4.13 USD`],
      earned: 0,
    },
    {
      name: 'a whole refund is told by the status',
      files: [`${orders}\n${sold({})}\n`, `${orders}\n${sold({ status: 'Refunded' })}\n`],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 back 17.00 | shipping 4.13 USD`],
      earned: 0,
    },
    {
      name: 'a cancelled order counts nothing',
      files: [`${orders}\n${sold({})}\n`, `${orders}\n${sold({ status: 'Canceled' })}\n`],
      orders: [`3159 ${who} 2023-12-30 cancelled: – 17.00 | shipping 4.13 USD`],
      earned: 0,
    },
    {
      name: 'an order not shipped yet waits',
      rows: [sold({ shipped: '' })],
      orders: [`3159 ${who} 2023-12-30 confirmed: – 17.00 | shipping 4.13 USD`],
      earned: 0,
    },
    {
      name: 'an order in person is delivered at once',
      rows: [sold({ shipped: '', type: 'in_person', shipping: '0', total: '17.00' })],
      orders: [`3159 ${who} 2023-12-30 delivered 2023-12-30: – 17.00 USD`],
      earned: 100,
    },
    {
      name: 'the British words are the same columns',
      files: [`${britishOrders}\n${sold({ currency: 'GBP' })}\n`],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 | shipping 4.13 GBP`],
      currency: 'GBP',
      earned: 100,
    },
    {
      name: 'days and tabs of a spreadsheet are read',
      files: [
        `${[orders, sold({ sale: '12/30/2023', shipped: '1/4/2024' })].join('\n').replaceAll(',', '\t')}\n`,
      ],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 | shipping 4.13 USD`],
    },
    {
      name: 'amounts with thousands are read',
      rows: [sold({ value: '"1,017.00"', total: '"1,021.13"' })],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 1017.00 | shipping 4.13 USD`],
    },
    {
      name: 'another currency is kept and not counted',
      rows: [sold({ currency: 'EUR' })],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 | shipping 4.13 EUR`],
      earned: 0,
    },
  ]);
});
