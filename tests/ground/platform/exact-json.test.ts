import { expect, test } from 'vitest';
import { amount } from '../../../functions/ground/outbox/shapes.ts';
import { exactInteger, exactJson, readInteger } from '../../../functions/ground/platform/exact-json.ts';
import { toMoneyJson } from '../../../functions/ground/platform/money.ts';
import { readTaken, takenText } from '../../../functions/money/accounts/book-postings.ts';
import { noFields, packLine, unpackLine } from '../../../functions/reach/imports/packed-line.ts';
import { noRest } from '../../../functions/reach/imports/packed-rest.ts';

test.each([
  ['0', 0n, '0'],
  ['a debt', -250n, '-250'],
  ['the largest that a number holds', 2n ** 53n - 1n, '9007199254740991'],
  ['one that a number would round', 2n ** 53n + 1n, '"9007199254740993"'],
  ['a debt that a number would round', -(2n ** 60n) - 1n, '"-1152921504606846977"'],
])('%s is written exactly, and read back as it was', (_name, minor, text) => {
  expect(exactJson({ minor })).toBe(`{"minor":${text}}`);
  expect(BigInt(JSON.parse(exactJson({ minor })).minor)).toBe(minor);
  expect(readInteger(JSON.parse(exactJson(minor)))).toBe(minor);
  expect(exactInteger.parse(JSON.parse(exactJson(minor)))).toBe(minor);
  const taken = [{ lotSeq: 3, amount: minor }];
  expect(readTaken(takenText(taken))).toEqual(taken);
});

test.each([1.5, 2 ** 53, '1.5', '', null, undefined, [1], {}])(
  'reads nothing but an exact integer: %j',
  (written) => {
    expect(() => readInteger(written)).toThrow('broken assumption');
    expect(exactInteger.safeParse(written).success).toBe(false);
  },
);

const tooLargeForANumber = 9_007_199_254_740_993n;

test('keeps an amount to the cent in what letters and staged rows are kept as', () => {
  const told = { minor: tooLargeForANumber, currency: 'EUR' };
  expect(amount.parse(JSON.parse(exactJson(told)))).toEqual(told);
  const row = { ...noFields, ...noRest, ...plain, total: tooLargeForANumber, orderTotal: tooLargeForANumber };
  expect(unpackLine(packLine(row), { source: 'web', number: '1' })).toEqual(row);
});

test('refuses an amount that the number of an answer would round', () => {
  expect(toMoneyJson(tooLargeForANumber - 2n, 'EUR').amount).toBe(Number.MAX_SAFE_INTEGER);
  expect(() => toMoneyJson(tooLargeForANumber, 'EUR')).toThrow('larger than can be told exactly');
});

const plain = {
  ...{ line: 2, source: 'web', number: '1', email: 'ann@example.com', name: null, account: null },
  ...{ department: null, currency: 'EUR', sku: 'A', product: null, category: null, quantityMilli: 1000 },
  placedAt: { ok: true, kind: 'instant', ms: 0 },
  ...{ total: 0n, discount: 0n, refunded: 0n, isRefund: false },
} as const;
