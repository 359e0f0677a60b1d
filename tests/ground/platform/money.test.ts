import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currencyExponent,
  formatDecimal,
  MAX_MINOR,
  parseDecimal,
  parseSignedDecimal,
  toMoneyJson,
} from '../../../functions/ground/platform/money.ts';

describe('reading a decimal', () => {
  it.each([
    ['a whole number', '12', 2, 1200n],
    ['one decimal of two', '12.5', 2, 1250n],
    ['all decimals', '12.50', 2, 1250n],
    ['zero', '0.00', 2, 0n],
    ['leading zeros', '007.10', 2, 710n],
    ['a currency without decimals', '380', 0, 380n],
    ['a currency with three', '0.125', 3, 125n],
    ['the largest amount', '100000000000.00', 2, MAX_MINOR],
    ['the largest amount after many zeros', `${'0'.repeat(1000)}100000000000`, 2, MAX_MINOR],
  ])('takes %s', (_name, text, exponent, minor) => {
    expect(parseDecimal(text, exponent)).toEqual({ ok: true, minor });
  });

  it.each([
    ['nothing', '', 2, 'not_a_number'],
    ['words', 'ten', 2, 'not_a_number'],
    ['an exponent', '1e308', 2, 'not_a_number'],
    ['infinity', 'Infinity', 2, 'not_a_number'],
    ['a hexadecimal number', '0x10', 2, 'not_a_number'],
    ['a missing whole part', '.50', 2, 'not_a_number'],
    ['a missing fraction', '5.', 2, 'not_a_number'],
    ['two points', '1.2.3', 2, 'not_a_number'],
    ['a plus', '+5', 2, 'not_a_number'],
    ['surrounding space', ' 5', 2, 'not_a_number'],
    ['a line end', '5\n', 2, 'not_a_number'],
    ['digits of another script', '٥', 2, 'not_a_number'],
    ['a currency sign', '$5.00', 2, 'not_a_number'],
    ['a decimal comma', '12,50', 2, 'comma'],
    ['thousands separators', '1,000.00', 2, 'comma'],
    ['one decimal too many', '1.005', 2, 'too_many_decimals'],
    ['a zero decimal too many', '1.500', 2, 'too_many_decimals'],
    ['any decimal of the yen', '1.0', 0, 'too_many_decimals'],
    ['a negative amount', '-5.00', 2, 'negative'],
    ['one minor unit too much', '100000000000.01', 2, 'too_large'],
    ['a million digits', '9'.repeat(1_000_000), 2, 'too_large'],
  ])('refuses %s', (_name, text, exponent, reason) => {
    expect(parseDecimal(text, exponent)).toEqual({ ok: false, reason });
  });

  it.each([
    ['-5.00', { ok: true, minor: -500n }],
    ['+5', { ok: true, minor: 500n }],
    ['5.25', { ok: true, minor: 525n }],
    ['--5', { ok: false, reason: 'not_a_number' }],
    ['-', { ok: false, reason: 'not_a_number' }],
    ['-1.005', { ok: false, reason: 'too_many_decimals' }],
  ])('reads the signed decimal %s', (text, expected) => {
    expect(parseSignedDecimal(text, 2)).toEqual(expected);
  });
});

it.each([
  [-500n, 2, '-5.00'],
  [-5n, 2, '-0.05'],
  [0n, 2, '0.00'],
  [7n, 3, '0.007'],
  [380n, 0, '380'],
  [-380n, 0, '-380'],
])('writes %s with %s decimals as %s', (minor, exponent, text) => {
  expect(formatDecimal(minor, exponent)).toBe(text);
});

it('reads back what it writes', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR }),
      fc.constantFrom(0, 2, 3, 4),
      (minor, exponent) => {
        expect(parseSignedDecimal(formatDecimal(minor, exponent), exponent)).toEqual({ ok: true, minor });
      },
    ),
  );
});

it.each([
  ['EUR', 2],
  ['UAH', 2],
  ['JPY', 0],
  ['ISK', 0],
  ['KWD', 3],
  ['CLF', 4],
  ['eur', null],
  ['XXX', null],
  ['EURO', null],
  ['', null],
  ['__proto__', null],
])('gives %s the exponent %s', (currency, exponent) => {
  expect(currencyExponent(currency)).toBe(exponent);
});

it('refuses to round an amount that JSON cannot hold', () => {
  expect(toMoneyJson(MAX_MINOR, 'EUR')).toEqual({ amount: 10_000_000_000_000, currency: 'EUR' });
  expect(() => toMoneyJson(2n ** 53n, 'EUR')).toThrow(expect.objectContaining({ code: 'sum_too_large' }));
});
