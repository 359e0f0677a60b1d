import autocannon from 'autocannon';
import { z } from 'zod';
import { createRandom, linesOf, orderBody } from './shop.ts';

/** One burst of requests from a process of its own. Usage: node load.ts JSON; prints {@link Measured}. */
export const burst = z.object({
  url: z.string(),
  seconds: z.number(),
  connections: z.number(),
  headers: z.record(z.string(), z.string()),
  kind: z.discriminatedUnion('name', [
    z.object({ name: z.literal('orders'), run: z.string(), customers: z.number() }),
    z.object({ name: z.literal('paths'), paths: z.array(z.string()) }),
    z.object({ name: z.literal('cookies'), path: z.string(), cookies: z.array(z.string()) }),
  ]),
});
export type Burst = z.output<typeof burst>;

export const measured = z.object({
  perSecond: z.number(),
  p50_ms: z.number(),
  p99_ms: z.number(),
  refused: z.number(),
});
export type Measured = z.output<typeof measured>;

if (import.meta.main) {
  const result = await fire(burst.parse(JSON.parse(process.argv[2] ?? '')));
  process.stdout.write(JSON.stringify(result));
}

async function fire({ url, seconds, connections, headers, kind }: Burst): Promise<Measured> {
  const next = requestsOf(kind);
  const result = await autocannon({
    url,
    duration: seconds,
    connections,
    requests: [{ setupRequest: (request) => Object.assign(request, next(headers)) }],
  });
  return {
    perSecond: result['2xx'] / result.duration,
    p50_ms: result.latency.p50,
    p99_ms: result.latency.p99,
    refused: result.non2xx + result.errors + result.timeouts,
  };
}

function requestsOf(kind: Burst['kind']): (headers: Record<string, string>) => autocannon.Request {
  let count = 0;
  if (kind.name === 'orders') {
    const random = createRandom(Date.now());
    const placedAt = new Date().toISOString();
    return (headers) => {
      count += 1;
      const number = `${kind.run}-${count}`;
      return {
        method: 'POST',
        path: '/api/v1/orders',
        headers: { ...headers, 'Content-Type': 'application/json', 'Idempotency-Key': number },
        body: orderBody({ number, placedAt, customer: random(kind.customers), lines: linesOf(random) }),
      };
    };
  }
  if (kind.name === 'paths') {
    return (headers) => {
      count += 1;
      return { method: 'GET', headers, path: kind.paths[count % kind.paths.length] };
    };
  }
  return (headers) => {
    count += 1;
    return {
      method: 'GET',
      path: kind.path,
      headers: { ...headers, Cookie: kind.cookies[count % kind.cookies.length] },
    };
  };
}
