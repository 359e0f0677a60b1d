/** The shop that every row of the benchmark runs in: who its customers are and what they buy. */

export const programme = {
  currency: 'EUR',
  timeZone: 'Europe/Kyiv',
  debt: 'carry',
  rules: [
    {
      id: 'money-back',
      name: '5.00 back for every 100.00',
      scheme: 'every',
      spend: '100.00',
      back: '5.00',
      period: 'lifetime',
      from: '2020-01-01',
    },
  ],
};

export const ORDERS_PER_CUSTOMER = 25;
export const source = 'web';

export const emailOf = (customer: number) => `customer${customer}@example.com`;
export const nameOf = (customer: number) => `Customer ${customer}`;

/** The same numbers in every run: a linear congruential generator. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export interface Line {
  id: string;
  sku: string;
  product: string;
  category: string;
  amount: number;
}

/** Two lines of 1.00 to 91.00 each. */
export function linesOf(random: (below: number) => number): [Line, Line] {
  const line = (id: string): Line => {
    const article = random(500);
    const amount = 100 + random(9000);
    return { id, sku: `SKU-${article}`, product: `Article number ${article}`, category: 'Coffee', amount };
  };
  return [line('1'), line('2')];
}

/** `POST /api/v1/orders` as a shop sends it. */
export function orderBody(order: {
  number: string;
  placedAt: string;
  customer: number;
  lines: readonly Line[];
}): string {
  return JSON.stringify({
    source,
    number: order.number,
    placedAt: order.placedAt,
    currency: programme.currency,
    status: 'delivered',
    customer: { email: emailOf(order.customer), name: nameOf(order.customer) },
    lines: order.lines.map(({ amount, ...line }) => ({
      ...line,
      quantity: 1,
      total: { amount, currency: programme.currency },
    })),
  });
}
