import { expect, test } from 'vitest';
import type { EngineName, House } from './house.ts';
import { deliveredOrder } from './orders.ts';

const EACH = process.env.SOAK === '1' ? 300 : 100;
/** Fewer than any limit for one client. */
const BETWEEN_RESETS = 10;

/** What an attacker meets before anything else: headers everywhere, and answers that tell nobody apart. */
export function describeHardening(name: EngineName, open: () => House): void {
  test('sends its headers with every page, file and answer, and lets nothing personal be kept', async () => {
    const { origin } = open();
    const key = await open().newKey('customers:read');
    const home = await (await fetch(origin)).text();
    const files = [...home.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|svg|png|ico|webmanifest))"/g)];
    expect(files.length).toBeGreaterThan(0);
    const built = ['/', '/uk', '/privacy', '/uk/privacy', ...files.map(([, path = '']) => path)];
    const personal = [
      '/account',
      '/console',
      '/sign-in',
      '/sign-in/staff',
      '/sign-in/owner',
      '/join',
      '/no-such-page',
      '/mailbox',
    ];
    const answers = [
      '/api/v1/openapi.json',
      '/api/v1/customers?email=nobody@example.com',
      '/healthz',
      '/readyz',
    ];
    for (const path of [...built, ...personal, ...answers]) {
      const headers = { Authorization: `Bearer ${key}` };
      const response = await fetch(`${origin}${path}`, { redirect: 'manual', headers });
      expect([path, ...weaknessesOf(response.headers)]).toEqual([path]);
      if (!built.includes(path) && path !== '/api/v1/openapi.json')
        expect([path, response.headers.get('Cache-Control')]).toEqual([
          path,
          expect.stringContaining('no-store'),
        ]);
    }
  });

  test.skipIf(name !== 'Node with a file' && process.env.SOAK !== '1')(
    `answers ${EACH} known and ${EACH} unknown addresses alike`,
    async () => {
      const { origin, api, look } = open();
      const { customer } = deliveredOrder('enumerated', 1000);
      await api('POST', '/orders', { ...deliveredOrder('enumerated', 1000), customer });
      const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
      const shapes = new Set<string>();
      for (let index = 0; index < 2 * EACH; index += 1) {
        if (index % BETWEEN_RESETS === 0) await look('DELETE FROM rate_limits');
        const kind = index % 2 === 0 ? 'known' : 'unknown';
        const email = kind === 'known' ? customer.email : `unknown-${index}@example.com`;
        const started = performance.now();
        const response = await fetch(`${origin}/sign-in`, {
          method: 'POST',
          redirect: 'manual',
          headers: { Origin: origin },
          body: new URLSearchParams({ email }),
        });
        const text = await response.text();
        times[kind].push(performance.now() - started);
        shapes.add(
          `${response.status} ${[...response.headers.keys()].sort()} ${withoutTokens(response)} ${text}`,
        );
      }
      expect([...shapes]).toHaveLength(1);
      const [known, unknown] = [median(times.known), median(times.unknown)].map((ms) => ms.toFixed(1));
      process.stdout.write(`sign-in of a known address ${known} ms, of an unknown one ${unknown} ms\n`);
      await look("UPDATE outbox SET failed_at = 1, failure = 'not sent by this test' WHERE sent_at IS NULL");
      await look('DELETE FROM rate_limits');
    },
    120_000,
  );
}

/** What is missing of the headers that ASVS 3.4 and 4.1.1 ask for. */
function weaknessesOf(headers: Headers): string[] {
  const policy = headers.get('Content-Security-Policy') ?? '';
  const age = Number(
    /max-age=(\d+); includeSubDomains/.exec(headers.get('Strict-Transport-Security') ?? '')?.[1],
  );
  const has: Record<string, boolean> = {
    policy: policy.includes("default-src 'none'") && !policy.includes('unsafe-'),
    'base-uri': policy.includes("base-uri 'none'"),
    'frame-ancestors': policy.includes("frame-ancestors 'none'"),
    'Strict-Transport-Security': age >= 31_536_000,
    'no CORS': ![...headers.keys()].some((name) => name.startsWith('access-control-')),
    'Content-Type': isTyped(headers),
    nosniff: headers.get('X-Content-Type-Options') === 'nosniff',
    'Referrer-Policy': headers.has('Referrer-Policy'),
    'Cross-Origin-Opener-Policy': headers.get('Cross-Origin-Opener-Policy') === 'same-origin',
  };
  return Object.keys(has).filter((name) => has[name] !== true);
}

/** A text says its encoding; an answer without a body needs no type. */
function isTyped(headers: Headers): boolean {
  const type = headers.get('Content-Type');
  if (type === null) return headers.has('Location');
  return (
    !/^text\/|xml$/.test(type.split(';')[0] ?? '') || /charset=utf-8/i.test(type) || type === 'image/svg+xml'
  );
}

const withoutTokens = (response: Response) =>
  `${response.headers.get('Location')} ${response.headers.getSetCookie()}`.replace(/[\w-]{16,}/g, '…');

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
