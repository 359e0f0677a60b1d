import { constants, copyFileSync, writeFileSync } from 'node:fs';
import { type Compared, compare, type Pair } from './compare.ts';
import { remove } from './kept.ts';
import type { Burst } from './load.ts';
import { type Seeded, seed } from './seed.ts';
import { startServer } from './servers.ts';
import { createRandom, linesOf, orderBody } from './shop.ts';

/** What is measured of the embedded engine, by name. */
export interface EmbeddedRows {
  orders: Compared;
  balance: Compared;
  latestOrders: Compared;
  accountPage: Compared;
}

const lengths = { rounds: 5, seconds: 3, warmUp_s: 10 };
const PORTS = { ours: 4811, ceiling: 4812 };

/** Ours beside the ceiling over databases of one size, each with a copy of its own. */
export async function measureEmbedded(orders: number, folder: string): Promise<EmbeddedRows> {
  const seeded = await seed(orders, folder);
  const page = `${folder}/account.html`;
  const ours = await startServer('ours.ts', PORTS.ours, [copyOf(seeded, `${folder}/ours.db`)]);
  writeFileSync(page, await textOf(`${ours.url}/account`, { Cookie: cookies(seeded)[0] ?? '' }));
  const ceiling = await startServer('bare/serve.ts', PORTS.ceiling, [
    copyOf(seeded, `${folder}/ceiling.db`),
    page,
  ]);
  try {
    return await measure({ ours, ceiling }, seeded);
  } finally {
    await ours.stop();
    await ceiling.stop();
    for (const name of ['ours', 'ceiling']) remove(`${folder}/${name}.db`);
  }
}

async function measure(pair: Pair, seeded: Seeded): Promise<EmbeddedRows> {
  const headers = { Authorization: `Bearer ${seeded.key}` };
  await assertSameBytes(pair, seeded, headers);
  const get = (resource: string): Pick<Burst, 'headers' | 'kind'> => ({
    headers,
    kind: {
      name: 'paths',
      paths: seeded.sessions.map(({ customerId }) => `/api/v1/customers/${customerId}/${resource}`),
    },
  });
  const page = {
    // As browsers ask: without it the portal takes the client for one that needs form tokens.
    headers: { 'Sec-Fetch-Site': 'none' },
    kind: { name: 'cookies', path: '/account', cookies: cookies(seeded) },
  } as const;
  return {
    balance: await compare(pair, () => get('balance'), lengths),
    latestOrders: await compare(pair, () => get('orders'), lengths),
    accountPage: await compare(
      pair,
      () => ({ ...page, kind: { ...page.kind, cookies: cookies(seeded) } }),
      lengths,
    ),
    orders: await compare(pair, (_, round) => ordersBurst(seeded, headers, `B${round}`), lengths),
  };
}

export function ordersBurst(
  { customers }: Pick<Seeded, 'customers'>,
  headers: Record<string, string>,
  run: string,
): Pick<Burst, 'headers' | 'kind'> {
  return { headers, kind: { name: 'orders', run, customers } };
}

/** The ceiling has to send what ours sends: byte for byte in reads, but for ids in orders. */
async function assertSameBytes(
  { ours, ceiling }: Pair,
  { sessions }: Seeded,
  headers: Record<string, string>,
): Promise<void> {
  for (const resource of ['balance', 'orders']) {
    const path = `/api/v1/customers/${sessions[0]?.customerId}/${resource}`;
    const [left, right] = [await textOf(ours.url + path, headers), await textOf(ceiling.url + path, headers)];
    if (left !== right) throw new Error(`the ceiling answers ${path} otherwise than ours`);
  }
  await assertSameOrder({ ours, ceiling }, headers);
}

export async function assertSameOrder(
  { ours, ceiling }: Pair,
  headers: Record<string, string>,
): Promise<void> {
  const body = orderBody({
    number: `same-${Date.now()}`,
    placedAt: new Date().toISOString(),
    customer: 0,
    lines: linesOf(createRandom(7)),
  });
  const [left, right] = [await posted(ours.url, body, headers), await posted(ceiling.url, body, headers)];
  const withoutIds = (text: string) => text.replace(/"[0-9a-f]{32}"/g, '""');
  if (withoutIds(left) !== withoutIds(right))
    throw new Error('the ceiling answers an order otherwise than ours');
}

async function posted(url: string, body: string, headers: Record<string, string>): Promise<string> {
  const response = await fetch(`${url}/api/v1/orders`, {
    method: 'POST',
    body,
    headers: { ...headers, 'Content-Type': 'application/json', 'Idempotency-Key': 'same' },
  });
  return response.text();
}

async function textOf(url: string, headers: Record<string, string>): Promise<string> {
  const response = await fetch(url, { headers, redirect: 'manual' });
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}

const cookies = ({ sessions }: Seeded) => sessions.map(({ token }) => `regulars_session=${token}`);

function copyOf({ path }: Seeded, copy: string): string {
  remove(copy);
  copyFileSync(path, copy, constants.COPYFILE_FICLONE);
  return copy;
}
