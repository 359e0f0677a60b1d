const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const euros = (amount: number) => ({ amount, currency: 'EUR' });

/** 5.00 back for every 10.00 at once; 7.00 for every 500.00 that came from afar, after a fortnight. */
export const halfBack = {
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  rules: [
    rule({ id: 'half', spend: '10.00', back: '5.00', settleAfterDays: 0 }),
    rule({ id: 'patient', spend: '500.00', back: '7.00', settleAfterDays: 14 }),
  ],
  debt: 'carry',
};

function rule(own: { id: string; spend: string; back: string; settleAfterDays: number }) {
  return {
    name: `${own.back} back for every ${own.spend}`,
    scheme: 'every',
    period: 'lifetime',
    expires: 'never',
    pays: 'credit',
    for: 'everyone',
    from: '2020-01-01',
    ...own,
  };
}

/** A delivered order of a customer of its own, placed ten days ago. */
export function deliveredOrder(customer: string, total: number, suffix = '') {
  return {
    source: 'till',
    number: `${customer}${suffix}`,
    placedAt: hoursLater(startedAt, 0),
    currency: 'EUR',
    status: 'delivered',
    customer: { email: `${customer}@example.com`, name: 'Ann' },
    lines: [{ id: '1', product: 'A thing', total: euros(total) }],
  };
}

export type OrderBody = ReturnType<typeof deliveredOrder>;

const startedAt = new Date(Date.now() - 10 * DAY_MS).toISOString();

export function hoursLater(time: string, hours: number): string {
  return new Date(Date.parse(time) + hours * HOUR_MS).toISOString();
}
