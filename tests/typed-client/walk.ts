import createClient from 'openapi-fetch';
import type { components, paths } from './.tmp/api.d.ts';

/**
 * A till's day by the API, written against nothing but the types made from its document: an order, its delivery, the
 * balance it brings, credit spent on it, a return. Ends with an error as soon as an answer is not what the types promise.
 */
declare const process: { argv: string[]; stdout: { write: (text: string) => void } };

const [, , origin = '', key = ''] = process.argv;
const api = createClient<paths>({ baseUrl: origin, headers: { Authorization: `Bearer ${key}` } });
const euros = (amount: number): components['schemas']['Money'] => ({ amount, currency: 'EUR' });
let requests = 0;
const once = () => {
  requests += 1;
  return { header: { 'Idempotency-Key': `typed-${requests}` } };
};

const recorded = await api.POST('/api/v1/orders', {
  params: once(),
  body: {
    source: 'typed',
    number: 'T/1?',
    placedAt: '2026-03-01T10:00:00Z',
    currency: 'EUR',
    customer: { email: 'typed@example.com' },
    lines: [{ id: '1', product: 'CD', total: euros(4200) }],
  },
});
expect(recorded.data?.status === 'placed', 'the order is placed');
const path = { source: 'typed', number: 'T/1?' };
const delivered = await api.POST('/api/v1/orders/{source}/{number}/events', {
  params: { ...once(), path },
  body: { id: 'e1', source: 'dhl', status: 'delivered', at: '2026-03-02T10:00:00Z' },
});
expect(delivered.data?.events.at(-1)?.status === 'delivered', 'the order is delivered');
expect(delivered.data?.rewards.earned.amount === 2000, 'half of 40.00 comes back');

const found = await api.GET('/api/v1/customers', { params: { query: { email: 'typed@example.com' } } });
const id = found.data?.items[0]?.id ?? '';
const before = await api.GET('/api/v1/customers/{id}/balance', { params: { path: { id } } });
expect(before.data?.available.amount === 2000, 'it can be spent');
const spent = await api.POST('/api/v1/redemptions', {
  params: once(),
  body: { customerId: id, kind: 'till', amount: euros(500) },
});
expect(spent.data?.balance.available.amount === 1500, 'what was spent is gone');

const refunded = await api.POST('/api/v1/orders/{source}/{number}/refunds', {
  params: { ...once(), path },
  body: { id: 'r1', at: '2026-03-03T10:00:00Z', lines: [{ line: '1', amount: euros(4200) }] },
});
expect(refunded.data?.status === 'refunded', 'the order is refunded');
const ledger = await api.GET('/api/v1/customers/{id}/ledger', { params: { path: { id } } });
const kinds: components['schemas']['Entry']['kind'][] = ledger.data?.items.map(({ kind }) => kind) ?? [];
expect(kinds.join() === 'clawback,redeem,earn', `the ledger says ${kinds}`);
const listed = await api.GET('/api/v1/orders', {
  params: { query: { recordedSince: '2026-01-01T00:00:00Z' } },
});
expect(listed.data?.items.some(({ number }) => number === 'T/1?') === true, 'the order is listed');

const refused = await api.GET('/api/v1/orders/{source}/{number}', {
  params: { path: { source: 'typed', number: 'none' } },
});
expect(refused.error?.code === 'not_found', 'what is not there is refused by its code');
process.stdout.write(`walked ${requests} writes\n`);

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not so: ${what}`);
}
