/** The bodies shown in the API's documentation; a test sends them. */

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
