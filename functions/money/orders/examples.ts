/** What the API's document shows as bodies and answers; a test sends the bodies. */

const euros = (amount: number) => ({ amount, currency: 'EUR' });

export const orderExample = {
  source: 'till',
  number: 'A-17',
  placedAt: '2026-03-01T10:00:00Z',
  currency: 'EUR',
  status: 'placed',
  customer: { email: 'ann@example.com', name: 'Ann' },
  account: 'ACME',
  department: 'Paris',
  lines: [
    {
      id: '1',
      sku: 'CD-1',
      product: 'CD',
      category: 'Music',
      quantity: 1,
      total: euros(1177),
      discount: euros(0),
      giftCard: false,
    },
  ],
  shipping: euros(390),
  tax: euros(188),
  taxIncluded: euros(0),
  promisedBy: '2026-03-05',
};

export const orderEventExample = {
  id: 'e1',
  source: 'dhl',
  status: 'delivered',
  at: '2026-03-04T15:30:00Z',
  note: 'Left with a neighbour',
  carrier: 'DHL',
  trackingNumber: '00340434161094042557',
  trackingUrl: 'https://track.example.com/00340434161094042557',
  parcel: '1',
};

export const refundExample = {
  id: 'r1',
  at: '2026-03-10T09:00:00Z',
  reason: 'Scratched',
  lines: [{ line: '1', amount: euros(500) }],
};

export const giveOrderExample = { customer: { email: 'ann@example.com', name: 'Ann' } };

const id = (last: string) => `0199c1d2e3f47a5b8c6d7e8f90a1b2${last}`;

/** {@link orderExample} as a list answers it. */
export const listedOrderExample = {
  id: id('01'),
  source: 'till',
  number: 'A-17',
  placedAt: '2026-03-01T10:00:00Z',
  currency: 'EUR',
  status: 'placed',
  customerId: id('02'),
  customer: { email: 'ann@example.com', key: null, name: 'Ann' },
  accountId: id('03'),
  receiptCode: null,
  account: 'ACME',
  department: 'Paris',
  lines: orderExample.lines,
  shipping: euros(390),
  tax: euros(188),
  promisedBy: '2026-03-05',
  events: [
    {
      id: 'placed',
      source: 'till',
      status: 'placed',
      at: '2026-03-01T10:00:00Z',
      note: null,
      carrier: null,
      trackingNumber: null,
      trackingUrl: null,
      parcel: null,
    },
  ],
  refunds: [],
  refunded: euros(0),
};

/** The same alone, while what it earns still waits. */
export const orderAnswerExample = {
  ...listedOrderExample,
  rewards: {
    earned: euros(0),
    pending: euros(500),
    lines: [{ line: '1', counted: euros(1177), reason: null }],
  },
};
