import { type Client, createClient, type ResultSet } from '@libsql/client/web';
import type { Cell } from './database.ts';
import { type BareOrder, findAccount, planBareOrder } from './record-order.ts';

interface Env {
  DATABASE_URL: string;
}

/** The ceiling on Workers: one read, one batch of the same rows, again when another write was faster. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    if (request.method !== 'POST') return new Response('ready');
    const client = createClient({ url: env.DATABASE_URL });
    const order: BareOrder = await request.json();
    const answer = await record(client, order, request.headers.get('Idempotency-Key') ?? '');
    return new Response(answer, { status: 201, headers: { 'Content-Type': 'application/json' } });
  },
};

async function record(client: Client, order: BareOrder, key: string): Promise<string> {
  for (;;) {
    const [found] = await client.batch([{ sql: findAccount, args: [order.customer.email] }], 'read');
    const { statements, answer } = planBareOrder(order, cellsOf(found), key);
    try {
      await client.batch(statements, 'write');
      return answer;
    } catch (error) {
      if (!/UNIQUE constraint failed: history|SQLITE_BUSY/.test(String(error))) throw error;
    }
  }
}

function cellsOf(found: ResultSet | undefined): Cell[] {
  const row = found?.rows[0];
  return (found?.columns ?? []).map((_, index) => {
    const cell = row?.[index];
    return typeof cell === 'string' || typeof cell === 'number' ? cell : null;
  });
}
