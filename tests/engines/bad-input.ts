import { expect, test } from 'vitest';
import { type Answer, expectRefusal, type House, newKeyName, send } from './house.ts';
import { deliveredOrder, euros } from './orders.ts';

const order = deliveredOrder('bad-input', 1000);
const [line] = order.lines;

/** What is wrong with an order, and which field says so. */
const badOrders: [string, unknown, string][] = [
  [
    'an unknown currency',
    { ...order, currency: 'EUX', lines: [{ ...line, total: { amount: 1, currency: 'EUX' } }] },
    'currency',
  ],
  [
    'three decimals in EUR',
    { ...order, lines: [{ ...line, total: { amount: 10.123, currency: 'EUR' } }] },
    'lines.0.total.amount',
  ],
  [
    'a comma as decimal point',
    { ...order, lines: [{ ...line, total: { amount: '10,00', currency: 'EUR' } }] },
    'lines.0.total.amount',
  ],
  ['a date of 30 February', { ...order, placedAt: '2026-02-30T10:00:00Z' }, 'placedAt'],
  ['a promised day of 30 February', { ...order, promisedBy: '2026-02-30' }, 'promisedBy'],
  [
    'a line total of 1e308',
    { ...order, lines: [{ ...line, total: { amount: 1e308, currency: 'EUR' } }] },
    'lines.0.total.amount',
  ],
  ['a negative total', { ...order, lines: [{ ...line, total: euros(-1) }] }, 'lines.0.total.amount'],
  ['a NUL byte in the number', { ...order, number: 'A\u0000B' }, 'number'],
  [
    'a discount beyond the total',
    { ...order, lines: [{ ...line, discount: euros(1001) }] },
    'lines.0.discount',
  ],
  [
    'two currencies in one order',
    { ...order, lines: [{ ...line, total: { amount: 1, currency: 'USD' } }] },
    'lines.0.total.currency',
  ],
  ['the same line twice', { ...order, lines: [line, line] }, 'lines.1.id'],
  ['no lines', { ...order, lines: [] }, 'lines'],
  ['an unknown field', { ...order, points: 5 }, 'points'],
  ['no address of the customer', { ...order, customer: { email: 'ann' } }, 'customer.email'],
];

/** Bad input of every kind: a clear message, nothing written. */
export function describeBadInput(open: () => House): void {
  test.each(badOrders)('refuses an order with %s', async (_what, body, path) => {
    const { api } = open();
    await nothingWritten(open(), async () => {
      const answer = await api('POST', '/orders', body);
      expectRefusal(answer, 422, 'validation_failed');
      expect(answer.json.errors.map((error: { path: string }) => error.path)).toContain(path);
      for (const error of answer.json.errors) expect(error.message.length).toBeGreaterThan(5);
      expectNothingTold(answer);
    });
  });

  test('refuses what is no JSON, too large, or no JSON by its own word', async () => {
    const { api, origin, newKey } = open();
    const key = await newKey('orders:write');
    await nothingWritten(open(), async () => {
      expectRefusal(await api('POST', '/orders', '{"source": '), 400, 'malformed_json');
      const large = JSON.stringify({
        ...order,
        customer: { ...order.customer, name: 'x'.repeat(1_100_000) },
      });
      expectRefusal(await api('POST', '/orders', large), 413, 'body_too_large');
      const response = await fetch(`${origin}/api/v1/orders`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${key}`,
          'Content-Type': 'text/plain',
          'Idempotency-Key': newKeyName(),
        },
        body: JSON.stringify(order),
      });
      expect(response.status).toBe(415);
      await response.text();
      const keyed = { method: 'POST', path: '/orders', body: order, key, idempotencyKey: 'k'.repeat(256) };
      expectRefusal(await send(origin, keyed), 400, 'idempotency_key_invalid');
    });
  });

  test('refuses events and refunds of nothing, or of too much', async () => {
    const { api } = open();
    const bought = deliveredOrder('bad-refund', 1000);
    await api('POST', '/orders', bought);
    const path = `/orders/${bought.source}/${bought.number}`;
    const refund = (change: object) => ({
      id: 'r1',
      at: bought.placedAt,
      lines: [{ line: '1', amount: euros(100) }],
      ...change,
    });
    await nothingWritten(open(), async () => {
      expectRefusal(await api('POST', '/orders/till/none/refunds', refund({})), 404, 'not_found');
      const beyond = refund({ lines: [{ line: '1', amount: euros(1001) }] });
      expectRefusal(await api('POST', `${path}/refunds`, beyond, newKeyName()), 409, 'refund_exceeds_line');
      const unknown = refund({ lines: [{ line: '9', amount: euros(1) }] });
      expectRefusal(await api('POST', `${path}/refunds`, unknown), 422, 'validation_failed');
      const event = { id: 'e', source: 'dhl', status: 'teleported', at: bought.placedAt };
      expectRefusal(await api('POST', `${path}/events`, event), 422, 'validation_failed');
    });
  });
}

/** The tables that money and people live in; kept refusals are no effect. */
async function nothingWritten({ look }: House, work: () => Promise<void>): Promise<void> {
  const tables = [
    'orders',
    'order_lines',
    'order_events',
    'refunds',
    'ledger',
    'history',
    'customers',
    'accounts',
    'outbox',
  ];
  const counted = `SELECT ${tables.map((table) => `(SELECT count(*) FROM ${table})`).join(', ')}`;
  const before = await look(counted);
  await work();
  expect(await look(counted)).toEqual(before);
}

/** Answers show no statement, no path and no stack. */
function expectNothingTold({ text }: Answer): void {
  expect(text).not.toMatch(/SELECT|INSERT|SQLITE|node_modules|\.ts\b|at \w+ \(/);
}
