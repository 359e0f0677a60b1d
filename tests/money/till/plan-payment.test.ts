import { describe, expect, it } from 'vitest';
import { planPayment } from '../../../functions/money/till/plan-payment.ts';

const five = { code: 'FIVE', amountMinor: 500n, expiresAt: null };
const three = { code: 'THREE', amountMinor: 300n, expiresAt: 2 };
const two = { code: 'TWO', amountMinor: 200n, expiresAt: 1 };

describe('pays by vouchers, those that end first before the others, then by credit', () => {
  const none = { vouchers: [], credit: 0n, availableMinor: 1000n } as const;
  it.each([
    ['nothing', { totalMinor: 900n }, [], 0n, 900n, 0n, []],
    ['one voucher', { totalMinor: 900n, vouchers: [five] }, ['FIVE=500'], 0n, 400n, 0n, []],
    ['a voucher to the cent', { totalMinor: 500n, vouchers: [five] }, ['FIVE=500'], 0n, 0n, 0n, []],
    ['a voucher worth more', { totalMinor: 499n, vouchers: [five] }, ['FIVE=499'], 0n, 0n, 1n, []],
    [
      'three that fit',
      { totalMinor: 1000n, vouchers: [five, three, two] },
      ['TWO=200', 'THREE=300', 'FIVE=500'],
      ...([0n, 0n, 0n, []] as const),
    ],
    [
      'three of which one is not needed',
      { totalMinor: 400n, vouchers: [five, three, two] },
      ['TWO=200', 'THREE=200'],
      ...([0n, 0n, 100n, ['FIVE']] as const),
    ],
    ['an amount of credit', { totalMinor: 900n, credit: 250n }, [], 250n, 650n, 0n, []],
    ['more credit than is left', { totalMinor: 900n, credit: 901n }, [], 901n, -1n, 0n, []],
    ['all credit there is', { totalMinor: 1900n, credit: 'all' as const }, [], 1000n, 900n, 0n, []],
    ['all credit it takes', { totalMinor: 900n, credit: 'all' as const }, [], 900n, 0n, 0n, []],
    [
      'a voucher, and credit for the rest',
      { totalMinor: 900n, vouchers: [five], credit: 'all' as const },
      ['FIVE=500'],
      ...([400n, 0n, 0n, []] as const),
    ],
  ])('%s', (_name, asked, vouchers, creditMinor, toPayMinor, lostMinor, spare) => {
    const plan = planPayment({ ...none, ...asked });
    expect(plan.vouchers.map(({ code, amountMinor }) => `${code}=${amountMinor}`)).toEqual(vouchers);
    expect(plan).toMatchObject({ creditMinor, toPayMinor, lostMinor, spare });
  });
});
