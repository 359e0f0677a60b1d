import { describe, expect, it } from 'vitest';
import { formatsOf, lastDay } from '../../functions/ground/formats/format.ts';

const kyiv = formatsOf('uk', 'Europe/Kyiv');
const london = formatsOf('en', 'Europe/London');
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('money', () => {
  it.each([
    ['euro', { minor: 123456n, currency: 'EUR' }, '€1,234.56', '1 234,56 €'],
    ['no decimals', { minor: 500n, currency: 'JPY' }, '¥500', '500 ¥'],
    ['three decimals', { minor: 1234n, currency: 'KWD' }, 'KWD 1.234', '1,234 KWD'],
    ['a debt', { minor: -5n, currency: 'EUR' }, '\u2212€0.05', '\u22120,05 €'],
    [
      'more than a number holds',
      { minor: 9007199254740993n, currency: 'EUR' },
      '€90,071,992,547,409.93',
      '90 071 992 547 409,93 €',
    ],
  ])('%s', (_name, amount, english, ukrainian) => {
    expect(plain(london.money(amount))).toBe(english);
    expect(plain(kyiv.money(amount))).toBe(ukrainian);
  });

  it('is shown with its sign where it moves', () => {
    expect(plain(london.signedMoney({ minor: 500n, currency: 'EUR' }))).toBe('+€5.00');
    expect(plain(london.signedMoney({ minor: 0n, currency: 'EUR' }))).toBe('€0.00');
  });
});

describe('dates', () => {
  const late = Date.parse('2026-06-30T22:30:00Z');

  it('are those of the business', () => {
    expect(london.day(late)).toBe('30 Jun 2026');
    expect(plain(kyiv.day(late))).toBe('1 лип. 2026 р.');
  });

  it('stay days where only the day is known', () => {
    expect(london.moment({ at: late, day: '2026-06-30' })).toBe('30 Jun 2026');
    expect(london.iso({ at: late, day: '2026-06-30' })).toBe('2026-06-30');
  });

  it.each([
    ['a quarter', '2027-01-01', '2026-12-31'],
    ['February of a leap year', '2028-03-01', '2028-02-29'],
  ])('end %s on its last day', (_name, end, last) => {
    expect(lastDay(end)).toBe(last);
  });
});
