/** What the API's document shows as answers about customers. */

const euros = (amount: number) => ({ amount, currency: 'EUR' });
const period = { from: '2026-01-01', to: '2027-01-01' };

export const entryExample = {
  id: '0199c1d2e3f47a5b8c6d7e8f90a1b2c3-7',
  seq: 7,
  at: '2026-03-04T15:30:00Z',
  kind: 'earn',
  because: null,
  amount: euros(500),
  balanceAfter: euros(1200),
  rule: 'money-back',
  version: 1,
  period,
  order: { source: 'till', number: 'A-17' },
  explanation: [{ text: 'Order A-17 reached 200.00', amount: euros(500) }],
};
