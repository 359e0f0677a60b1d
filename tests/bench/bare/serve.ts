import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { hashOf } from '../../../functions/ground/platform/ids.ts';
import { openBare } from './database.ts';
import { openAccountPage, openBalance, openLatestOrders } from './reads.ts';
import { type BareOrder, findAccount, planBareOrder, sql } from './record-order.ts';

/** The ceiling: bare handlers on the same server. Usage: node serve.ts DATABASE PORT PAGE */
const [path = '', port = '', page = ''] = process.argv.slice(2);
const database = openBare(path);
const find = database.keep(findAccount);
const kept = new Map(Object.values(sql).map((text) => [text, database.keep(text)]));
const balance = openBalance(database);
const latestOrders = openLatestOrders(database);
const accountPage = openAccountPage(database, readFileSync(page, 'utf8'));
const json = { 'Content-Type': 'application/json' };

const app = new Hono()
  .post('/api/v1/orders', async (c) => {
    const order = await c.req.json<BareOrder>();
    const key = c.req.header('Idempotency-Key') ?? '';
    const answer = await database.together(() => record(order, key));
    return c.body(answer, 201, json);
  })
  .get('/api/v1/customers/:id/balance', (c) => c.body(balance(c.req.param('id')), 200, json))
  .get('/api/v1/customers/:id/orders', (c) => c.body(latestOrders(c.req.param('id')), 200, json))
  .get('/account', (c) =>
    c.html(accountPage(hashOf((c.req.header('Cookie') ?? '').replace('regulars_session=', '')))),
  );

function record(order: BareOrder, key: string): string {
  const { statements, answer } = planBareOrder(order, find.row(order.customer.email), key);
  for (const { sql: text, args } of statements) kept.get(text)?.run(...args);
  return answer;
}

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(port) }, () => process.stdout.write('ready\n'));
