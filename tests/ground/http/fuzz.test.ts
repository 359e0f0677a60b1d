import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { orderEventExample, orderExample, refundExample } from '../../../functions/money/orders/examples.ts';
import {
  redemptionExample,
  reversalExample,
  voucherUseExample,
} from '../../../functions/money/redemptions/examples.ts';
import { createTestApi, post } from '../../support/test-api.ts';

const RUNS = process.env.SOAK === undefined ? 200 : 2000;

const bodies: [string, object][] = [
  ['/orders', orderExample],
  ['/orders/till/A-17/events', orderEventExample],
  ['/orders/till/A-17/refunds', refundExample],
  ['/redemptions', redemptionExample],
  ['/redemptions/none/reversal', reversalExample],
  ['/vouchers/none/use', voucherUseExample],
];

const awkward = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    '',
    '\0',
    '\ud800',
    '__proto__',
    -0,
    1e308,
    2 ** 53,
    10 ** 13,
    -1,
    0.1,
    null,
    [],
    {},
  ),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

/** A body that is accepted, with one of its values replaced by something else. */
function broken(body: object): fc.Arbitrary<unknown> {
  const leaves = pathsOf(body);
  return fc.tuple(fc.constantFrom(...leaves), awkward).map(([path, value]) => replaced(body, path, value));
}

test.each(bodies)('POST %s never fails on us, whatever it is sent', async (path, body) => {
  const { app, bearer } = await createTestApi({ build: createApp });
  const authorization = await bearer('orders:write', 'redemptions:write');
  const send = (sent: unknown) => app.request(`/api/v1${path}`, post(sent, { Authorization: authorization }));
  await app.request('/api/v1/orders', post(orderExample, { Authorization: authorization }));
  await fc.assert(
    fc.asyncProperty(fc.oneof(awkward, broken(body)), async (sent) => {
      const answer = await send(sent);
      const text = await answer.text();
      expect(answer.status, text).toBeLessThan(500);
      if (answer.status >= 400)
        expect(text).not.toMatch(/SQLITE|SELECT |INSERT |\.ts:\d|node_modules|\bat \w+ \(/);
    }),
    { numRuns: RUNS },
  );
});

const paths = [
  '/orders/X/Y',
  '/customers/X',
  '/vouchers/X',
  '/customers/X/orders',
  '/customers/ID/orders',
  '/customers/ID/balance',
  '/customers/ID/ledger',
];

test.each(paths)('GET %s never fails on us, whatever it is asked', async (path) => {
  const { app, bearer } = await createTestApi({ build: createApp });
  const scopes = ['orders:read', 'orders:write', 'customers:read', 'redemptions:read'] as const;
  const headers = { Authorization: await bearer(...scopes) };
  const { customerId } = await (await app.request('/api/v1/orders', post(orderExample, headers))).json();
  const odd = fc.oneof(
    fc
      .string({ unit: 'binary', minLength: 1, maxLength: 60 })
      .map((text) => encodeURIComponent(text.toWellFormed())),
    fc.base64String({ maxLength: 60 }).map(encodeURIComponent),
    fc.constantFrom('%00', '%ff', '%', '..%2f..', "'--", '%F0%9F', 'a'.repeat(3000)),
  );
  await fc.assert(
    fc.asyncProperty(odd, odd, fc.constantFrom('cursor', 'account'), async (one, two, name) => {
      const asked = path
        .replace('X', () => one)
        .replace('Y', () => two)
        .replace('ID', customerId);
      const answer = await app.request(`/api/v1${asked}?${name}=${two}`, { headers });
      expect(answer.status, `${asked} ${await answer.text()}`).toBeLessThan(500);
    }),
    { numRuns: RUNS },
  );
});

type Path = (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string, unknown> = Array.isArray(value)
    ? Object.assign([], value)
    : { ...Object(value) };
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}
