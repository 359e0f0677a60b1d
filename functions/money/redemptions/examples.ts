/** The bodies shown in the API's documentation; a test sends them. */

export const redemptionExample = {
  customerId: '0198f3c2a4b87c1e9d5f6a7b8c9d0e1f',
  kind: 'till',
  amount: { amount: 500, currency: 'EUR' },
  reference: 'receipt 5',
  order: { source: 'till', number: 'A-17' },
};

export const reversalExample = { reason: 'Wrong customer' };

export const voucherUseExample = {
  order: { source: 'till', number: 'A-18' },
  amount: { amount: 500, currency: 'EUR' },
};
