import { expect, test } from 'vitest';
import type { z } from 'zod';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { parseInput } from '../../../functions/ground/platform/parse-input.ts';
import { orderEventExample, orderExample, refundExample } from '../../../functions/money/orders/examples.ts';
import { orderEventInput, recordOrderInput, refundInput } from '../../../functions/money/orders/schema.ts';

/** `path code` of everything that is wrong. */
function wrongs(schema: z.ZodType, value: unknown): string[] {
  try {
    parseInput(schema, value);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.errors.map(({ path, code }) => `${path} ${code}`);
  }
}

const euros = (amount: number) => ({ amount, currency: 'EUR' });
const least = {
  source: 'till',
  number: '1',
  placedAt: '2026-03-01T10:00:00+02:00',
  currency: 'EUR',
  customer: { email: 'ann@example.com' },
  lines: [{ id: '1', total: euros(100) }],
};
const withLine = (line: object) => ({ ...least, lines: [{ id: '1', total: euros(100), ...line }] });

test('an order needs little', () => {
  expect(parseInput(recordOrderInput, least)).toEqual({
    source: 'till',
    number: '1',
    placedAt: Date.UTC(2026, 2, 1, 8),
    currency: 'EUR',
    status: 'placed',
    customer: { email: 'ann@example.com', name: null },
    account: null,
    department: null,
    lines: [
      {
        id: '1',
        sku: null,
        product: null,
        category: null,
        quantityMilli: 1000,
        total: 100n,
        discount: 0n,
        giftCard: false,
      },
    ],
    shipping: null,
    tax: null,
    taxIncluded: null,
    promisedBy: null,
  });
});

test('the example says everything that may be said', () => {
  const order = parseInput(recordOrderInput, orderExample);
  expect(order).toMatchObject({ shipping: 390n, tax: 188n, promisedBy: '2026-03-05', account: 'ACME' });
  expect(Object.keys(order).sort()).toEqual(Object.keys(orderExample).sort());
});

test.each([
  ['trims and lowers an email', { customer: { email: '  Ann.B+x@EXAMPLE.com ' } }, 'ann.b+x@example.com'],
  ['composes an email', { customer: { email: 'zoe\u0308@example.com' } }, 'zo\u00eb@example.com'],
])('%s', (_, change, email) => {
  expect(parseInput(recordOrderInput, { ...least, ...change }).customer?.email).toBe(email);
});

test('empty and null words mean nothing was said', () => {
  const order = parseInput(recordOrderInput, { ...withLine({ sku: ' ', product: null }), account: '' });
  expect(order).toMatchObject({ account: null, lines: [{ sku: null, product: null }] });
});

test.each<[string, object, string[]]>([
  ['an unknown key', { ...least, points: 5 }, ['points unknown_key']],
  ['an unknown key of a line', withLine({ refunded: euros(1) }), ['lines.0.refunded unknown_key']],
  [
    'an unknown key of money',
    withLine({ total: { ...euros(1), cents: 0 } }),
    ['lines.0.total.cents unknown_key'],
  ],
  ['no number', { ...least, number: undefined }, ['number required']],
  ['an empty number', { ...least, number: '  ' }, ['number too_small']],
  ['a long number', { ...least, number: 'x'.repeat(201) }, ['number too_big']],
  ['NUL in a number', { ...least, number: 'a\0b' }, ['number invalid_text']],
  ['half a character', { ...least, number: 'a\ud800' }, ['number invalid_text']],
  ['a line break in a name', { ...least, account: 'A\nB' }, ['account invalid_text']],
  ['a number that is one', { ...least, number: 17 }, ['number invalid_type']],
  ['a bare date', { ...least, placedAt: '2026-03-01' }, ['placedAt invalid_time']],
  ['a time without offset', { ...least, placedAt: '2026-03-01T10:00:00' }, ['placedAt invalid_time']],
  ['30 February', { ...least, placedAt: '2026-02-30T10:00:00Z' }, ['placedAt invalid_time']],
  ['a promise with a time', { ...least, promisedBy: '2026-03-05T00:00:00Z' }, ['promisedBy invalid_date']],
  ['a day that is none', { ...least, promisedBy: '2026-02-29' }, ['promisedBy invalid_date']],
  [
    'an unknown currency',
    { ...withLine({ total: { amount: 1, currency: 'EUX' } }), currency: 'EUX' },
    ['currency unknown_currency', 'lines.0.total.currency unknown_currency'],
  ],
  [
    'a currency in small letters',
    { ...withLine({ total: { amount: 1, currency: 'eur' } }), currency: 'eur' },
    ['currency unknown_currency', 'lines.0.total.currency unknown_currency'],
  ],
  [
    'money of another currency',
    { ...least, tax: { amount: 1, currency: 'USD' } },
    ['tax.currency other_currency'],
  ],
  [
    'a line in another currency',
    withLine({ total: { amount: 1, currency: 'USD' } }),
    ['lines.0.total.currency other_currency'],
  ],
  ['a negative amount', withLine({ total: euros(-1) }), ['lines.0.total.amount too_small']],
  ['half a cent', withLine({ total: euros(0.5) }), ['lines.0.total.amount invalid_type']],
  [
    'an amount as text',
    withLine({ total: { amount: '1', currency: 'EUR' } }),
    ['lines.0.total.amount invalid_type'],
  ],
  ['more than 10^13', withLine({ total: euros(10 ** 13 + 1) }), ['lines.0.total.amount too_big']],
  [
    'a discount beyond the total',
    withLine({ discount: euros(101) }),
    ['lines.0.discount discount_exceeds_total'],
  ],
  ['no line', { ...least, lines: [] }, ['lines too_small']],
  [
    '501 lines',
    { ...least, lines: Array.from({ length: 501 }, (_, id) => ({ id: `${id}`, total: euros(1) })) },
    ['lines too_big'],
  ],
  ['two lines of one id', { ...least, lines: [...least.lines, ...least.lines] }, ['lines.1.id duplicate']],
  ['no quantity', withLine({ quantity: 0 }), ['lines.0.quantity too_small']],
  ['a ten-thousandth', withLine({ quantity: 0.0001 }), ['lines.0.quantity too_many_decimals']],
  ['too many', withLine({ quantity: 1e12 }), ['lines.0.quantity too_big']],
  ['a derived status', { ...least, status: 'refunded' }, ['status invalid_value']],
  ['an email without an at sign', { ...least, customer: { email: 'ann' } }, ['customer.email invalid_email']],
  ['two at signs', { ...least, customer: { email: 'a@b@c' } }, ['customer.email invalid_email']],
  [
    'a line break in an email',
    { ...least, customer: { email: 'a@b.c\nBcc: d@e.f' } },
    ['customer.email invalid_email'],
  ],
  [
    'a long email',
    { ...least, customer: { email: `${'a'.repeat(251)}@b.c` } },
    ['customer.email invalid_email'],
  ],
  ['a department of nobody', { ...least, department: 'Paris' }, ['department account_missing']],
  ['a list', [least], [' invalid_type']],
])('refuses %s', (_, order, errors) => {
  expect(wrongs(recordOrderInput, order)).toEqual(errors);
});

test('takes the limits themselves', () => {
  const lines = Array.from({ length: 500 }, (_, id) => ({
    id: `${id}`,
    total: euros(id === 0 ? 10 ** 13 : 0),
    discount: euros(id === 0 ? 10 ** 13 : 0),
    quantity: 0.001,
  }));
  const order = parseInput(recordOrderInput, { ...least, number: 'x'.repeat(200), lines });
  expect(order.lines).toHaveLength(500);
  expect(order.lines[0]).toMatchObject({ total: 10n ** 13n, quantityMilli: 1 });
});

test.each([
  [1.005, 1005],
  [0.1, 100],
  [1.1, 1100],
  [999_999_999.999, 999_999_999_999],
])('a quantity of %d is %d thousandths', (quantity, milli) => {
  expect(parseInput(recordOrderInput, withLine({ quantity })).lines[0]?.quantityMilli).toBe(milli);
});

test.each<[string, object, string[]]>([
  ['the example', orderEventExample, []],
  ['the least', { id: 'e', source: 's', status: 'shipped', at: '2026-03-01T10:00:00Z' }, []],
  [
    'a script for a link',
    { ...orderEventExample, trackingUrl: 'javascript:alert(1)' },
    ['trackingUrl invalid_url'],
  ],
  [
    'a link with a password',
    { ...orderEventExample, trackingUrl: 'https://a:b@c.example' },
    ['trackingUrl invalid_url'],
  ],
  ['data for a link', { ...orderEventExample, trackingUrl: 'data:text/html,x' }, ['trackingUrl invalid_url']],
  ['a derived status', { ...orderEventExample, status: 'partly_refunded' }, ['status invalid_value']],
  ['no time', { ...orderEventExample, at: undefined }, ['at required']],
])('an event: %s', (_, event, errors) => {
  expect(wrongs(orderEventInput, event)).toEqual(errors);
});

test.each<[string, object, string[]]>([
  ['the example', refundExample, []],
  ['no reason', { ...refundExample, reason: undefined }, []],
  ['no line', { ...refundExample, lines: [] }, ['lines too_small']],
  [
    'nothing given back',
    { ...refundExample, lines: [{ line: '1', amount: euros(0) }] },
    ['lines.0.amount.amount too_small'],
  ],
  [
    'a line twice',
    { ...refundExample, lines: [...refundExample.lines, ...refundExample.lines] },
    ['lines.1.line duplicate'],
  ],
  [
    'two currencies',
    {
      ...refundExample,
      lines: [...refundExample.lines, { line: '2', amount: { amount: 1, currency: 'USD' } }],
    },
    ['lines.1.amount.currency other_currency'],
  ],
])('a refund: %s', (_, refund, errors) => {
  expect(wrongs(refundInput, refund)).toEqual(errors);
});

test('a refund carries its currency', () => {
  expect(parseInput(refundInput, refundExample)).toMatchObject({
    currency: 'EUR',
    lines: [{ line: '1', amount: 500n }],
  });
});
