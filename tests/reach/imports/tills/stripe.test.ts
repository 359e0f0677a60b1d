import { describe } from 'vitest';
import { checkTill } from '../till-table.ts';

const header =
  'id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Amount Refunded,' +
  'Converted Currency,Decline Reason,Description,Fee,Is Link,Mode,PaymentIntent ID,Refunded date (UTC),Status,' +
  'Card Name,Customer ID,Customer Description,Customer Email,Shipping Name,Disputed Amount,Dispute Status,Invoice ID';
const earlier =
  'id,Description,Created (UTC),Amount,Amount Refunded,Currency,Fee,Mode,Status,Customer ID,Customer Email,Captured,' +
  'Card Name,Disputed Amount,Dispute Status';

interface Payment {
  id?: string;
  created?: string;
  amount?: string;
  refunded?: string;
  currency?: string;
  captured?: string;
  what?: string;
  mode?: string;
  status?: string;
  customer?: string;
  email?: string;
  disputed?: string;
  dispute?: string;
}

const paid = {
  ...{
    id: 'ch_1',
    created: '2026-01-05 20:38:34',
    amount: '15.00',
    refunded: '0.00',
    currency: 'usd',
    captured: 'true',
  },
  ...{
    what: 'Mug',
    mode: 'Live',
    status: 'Paid',
    customer: 'cus_1',
    email: 'ann@x.example',
    disputed: '',
    dispute: '',
  },
};

function payment(about: Payment): string {
  const it = { ...paid, ...about };
  const money = `${it.id},${it.created},${it.amount},${it.refunded},${it.currency},${it.captured},15.00,0.00,usd,`;
  const how = `,${it.what},0.73,false,${it.mode},pi_1,,${it.status},Ann Lee`;
  return `${money}${how},${it.customer},,${it.email},,${it.disputed},${it.dispute},in_1`;
}

const mug = 'ch_1 ann@x.example 2026-01-05T20:38:34Z delivered 2026-01-05T20:38:34Z: Mug 15.00';

describe('Stripe payments', () => {
  checkTill(header, [
    {
      name: 'a payment is one line, in capitals of the currency',
      rows: [payment({})],
      orders: [`${mug} USD`],
      earned: 100,
    },
    {
      name: 'the columns of earlier years are read, their times without seconds',
      files: [
        `${earlier}\nch_1,Mug,2026-01-05 20:38,15.00,0.00,usd,0.73,Live,Paid,cus_1,ann@x.example,true,Ann Lee,,\n`,
      ],
      orders: ['ch_1 ann@x.example 2026-01-05T20:38:00Z delivered 2026-01-05T20:38:00Z: Mug 15.00 USD'],
    },
    {
      name: 'a part given back',
      rows: [payment({ amount: '25.00', refunded: '10.00', status: 'Partially refunded' })],
      orders: [`${mug.replace('15.00', '25.00')} back 10.00 USD`],
      earned: 100,
    },
    {
      name: 'all of it given back, in a later file',
      files: [
        `${header}\n${payment({})}\n`,
        `${header}\n${payment({ refunded: '15.00', status: 'Refunded' })}\n`,
      ],
      orders: [`${mug} back 15.00 USD`],
      earned: 0,
    },
    {
      name: 'a second part given back in a later file',
      files: [
        `${header}\n${payment({ refunded: '5.00' })}\n`,
        `${header}\n${payment({ refunded: '7.50' })}\n`,
      ],
      orders: [`${mug} back 7.50 USD`],
    },
    {
      name: 'payments that failed are no orders',
      rows: [
        payment({ id: 'ch_2', status: 'Failed', captured: 'false' }),
        payment({ id: '', status: 'requires_payment_method' }),
        payment({}),
      ],
      orders: [`${mug} USD`],
      leftOut: ['1 × payment that came to nothing', '1 × failed or cancelled before it was told'],
      earned: 100,
    },
    {
      name: 'a debit that was pending earns once it is paid',
      files: [`${header}\n${payment({ status: 'Pending' })}\n`, `${header}\n${payment({})}\n`],
      orders: [`${mug} USD`],
      earned: 100,
    },
    {
      name: 'a debit that was pending and failed is cancelled',
      files: [
        `${header}\n${payment({ status: 'Pending' })}\n`,
        `${header}\n${payment({ status: 'Failed' })}\n`,
      ],
      orders: ['ch_1 ann@x.example 2026-01-05T20:38:34Z cancelled: Mug 15.00 USD'],
      earned: 0,
    },
    {
      name: 'what is authorised and not captured earns nothing yet',
      rows: [payment({ status: 'Uncaptured', captured: 'false' })],
      orders: ['ch_1 ann@x.example 2026-01-05T20:38:34Z placed: Mug 15.00 USD'],
      earned: 0,
    },
    {
      name: 'a lost dispute takes back what was disputed',
      files: [
        `${header}\n${payment({ disputed: '15.00', dispute: 'needs_response' })}\n`,
        `${header}\n${payment({ disputed: '15.00', dispute: 'lost' })}\n`,
      ],
      orders: [`${mug} back 15.00 USD`],
      earned: 0,
    },
    {
      name: 'a dispute that was won takes nothing back',
      rows: [payment({ disputed: '15.00', dispute: 'won' })],
      orders: [`${mug} USD`],
      earned: 100,
    },
    {
      name: 'payments of test mode are no orders',
      rows: [payment({ mode: 'Test' })],
      orders: [],
      leftOut: ['1 × payment of test mode'],
    },
    {
      name: 'without an email the customer is known by the id',
      rows: [payment({ email: '' })],
      orders: [`${mug.replace('ann@x.example', 'cus_1')} USD`],
    },
    {
      name: 'a currency without decimals',
      rows: [payment({ amount: '1500.00', refunded: '0.00', currency: 'jpy' })],
      orders: [`${mug.replace('15.00', '1500')} JPY`],
      earned: 0,
    },
    {
      name: 'the same row twice counts once',
      rows: [payment({}), payment({})],
      orders: [`${mug} USD`],
      earned: 100,
    },
    {
      name: 'amounts with thousands are read',
      rows: [payment({ amount: '"1,015.00"' })],
      orders: [`${mug.replace('15.00', '1015.00')} USD`],
      earned: 10100,
    },
  ]);
});
