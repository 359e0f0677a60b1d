/** What the API's document shows as answers about customers. */

const euros = (amount: number) => ({ amount, currency: 'EUR' });
const period = { from: '2026-01-01', to: '2027-01-01' };

/** 50 cents of 12.00 lapse at the end of the year; 21.40 is missing to the next 5.00. */
export const balanceExample = {
  accountId: '0199c1d2e3f47a5b8c6d7e8f90a1b203',
  spend: euros(27_860),
  available: euros(1200),
  pending: euros(500),
  debt: euros(0),
  lots: [
    { remaining: euros(50), expiresAt: '2027-01-01T00:00:00Z' },
    { remaining: euros(1150), expiresAt: null },
  ],
  progress: [
    {
      rule: 'money-back',
      version: 1,
      period,
      spend: euros(27_860),
      nextTarget: euros(30_000),
      missing: euros(2140),
      pays: euros(500),
    },
  ],
};

export const entryExample = {
  id: '0199c1d2e3f47a5b8c6d7e8f90a1b2c3-7',
  seq: 7,
  at: '2026-03-04T15:30:00Z',
  kind: 'earn',
  amount: euros(500),
  balanceAfter: euros(1200),
  rule: 'money-back',
  version: 1,
  period,
  order: { source: 'till', number: 'A-17' },
  explanation: [{ text: 'Order A-17 reached 200.00', amount: euros(500) }],
};
