import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEmbedded } from '../../db/embedded.ts';
import { send } from '../engines/house.ts';
import { euros, halfBack, hoursLater } from '../engines/orders.ts';
import { papersOf } from '../reach/papers/papers.ts';
import { regulars } from '../support/cli.ts';
import { freePort, pause } from '../support/process.ts';
import { setProgrammeFile } from '../support/programmes.ts';
import { type Portal, portalSettings, startServer } from '../support/server.ts';

const isSoak = process.env.SOAK === '1';
const KILLS = isSoak ? 100 : 5;
const CLIENTS = 16;

/** What clients sent: the request with its key, and whether they got an answer. */
interface Sent {
  path: string;
  body: unknown;
  idempotencyKey: string;
  status: number | null;
  text: string;
}

test(`${KILLS} times SIGKILL under load: nothing acknowledged is lost, verify finds nothing`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-kill-'));
  const path = join(folder, 'regulars.db');
  const settings = portalSettings(`file:${path}`, 'http://127.0.0.1:9');
  await setProgrammeFile(settings, folder, halfBack);
  await regulars(settings, 'settings', 'set', 'invoiceName', 'Tea Ltd');
  await regulars(settings, 'settings', 'set', 'invoiceAddress', '1 Leaf Street');
  const scopes = ['orders:write', 'redemptions:write'].flatMap((scope) => ['--scope', scope]);
  const key = (await regulars(settings, 'keys', 'add', 'till', ...scopes)).trim();
  const port = await freePort();
  const readies: number[] = [];
  let acknowledged = 0;
  let unknown = 0;
  let portal = await startServer(settings, port);
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const sent = await loadUntilKilled(portal, { key, kill });
    portal = await startServer(settings, port);
    readies.push(portal.ready_ms);
    await assertKept(path, sent);
    const [known, open] = [
      sent.filter(({ status }) => status !== null),
      sent.filter(({ status }) => status === null),
    ];
    acknowledged += known.length;
    unknown += open.length;
    await assertRepeatable(portal, key, [...known.slice(-CLIENTS), ...open]);
    if (isSoak || kill === KILLS) await assertNoDifferences(settings);
  }
  await portal.running.end('SIGTERM');
  const median = readies.sort((a, b) => a - b)[Math.floor(readies.length / 2)] ?? 0;
  const slowest = Math.round(readies.at(-1) ?? 0);
  process.stdout.write(
    `${acknowledged} acknowledged, ${unknown} unanswered; ready after ${Math.round(median)} ms, at most ${slowest}\n`,
  );
  expect(acknowledged).toBeGreaterThanOrEqual(KILLS * 2 * CLIENTS);
  rmSync(folder, { recursive: true, force: true });
});

async function assertNoDifferences(settings: Record<string, string>): Promise<void> {
  expect(JSON.parse(await regulars(settings, 'verify', '--json'))).toMatchObject({ differences: 0 });
}

/** Clients order, have it delivered and invoiced, spend and return, each one after the other, until the server is gone. */
async function loadUntilKilled(
  portal: Portal,
  { key, kill }: { key: string; kill: number },
): Promise<Sent[]> {
  const sent: Sent[] = [];
  let isOver = false;
  const ask = async (path: string, body: unknown) => {
    const request: Sent = {
      path,
      body,
      idempotencyKey: `kill-${kill}-${sent.length}`,
      status: null,
      text: '',
    };
    sent.push(request);
    try {
      const { status, text } = await send(portal.origin, { method: 'POST', key, ...request });
      Object.assign(request, { status, text });
      return JSON.parse(text);
    } catch {
      isOver = true;
      return null;
    }
  };
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let round = 1; !isOver; round += 1)
      await buyAndReturn(ask, `${kill}-${client}-${round}`, client % 5);
  });
  const enough = 2 * CLIENTS + Math.random() * 8 * CLIENTS;
  while (sent.filter(({ status }) => status !== null).length < enough && !isOver) await pause(5);
  await portal.running.end('SIGKILL');
  await Promise.all(clients);
  for (const { status, text } of sent) expect([null, 200, 201, 409], text).toContain(status);
  return sent;
}

type Ask = (path: string, body: unknown) => Promise<{ customerId: string } | null>;

async function buyAndReturn(ask: Ask, number: string, buyer: number): Promise<void> {
  const at = hoursLater(new Date().toISOString(), -240);
  const bought = await ask('/orders', {
    source: 'till',
    number,
    placedAt: at,
    currency: 'EUR',
    customer: { email: `buyer-${buyer}@example.com` },
    lines: [{ id: '1', total: euros(2500) }],
  });
  if (bought === null) return;
  const path = `/orders/till/${number}`;
  await ask(`${path}/events`, { id: 'e1', source: 'dhl', status: 'delivered', at: hoursLater(at, 24) });
  await ask(`${path}/invoice`, {});
  await ask('/redemptions', { customerId: bought.customerId, kind: 'till', amount: euros(300) });
  const lines = [{ line: '1', amount: euros(700) }];
  await ask(`${path}/refunds`, { id: 'r1', at: hoursLater(at, 48), lines });
}

/** Every acknowledged request left its effect, by its key; a refusal left none but its being kept. Invoices have no gap. */
async function assertKept(path: string, sent: readonly Sent[]): Promise<void> {
  const store = openEmbedded(path);
  const rows = await store.read({ sql: 'SELECT key, status FROM idempotency_keys', args: [] });
  await papersOf({ db: store });
  store.close();
  const kept = new Map(rows.map(([name, status]) => [String(name), Number(status)]));
  const answered = sent.filter(({ status }) => status !== null);
  expect(answered.filter(({ status, idempotencyKey }) => kept.get(idempotencyKey) !== status)).toEqual([]);
}

/** Sent again, what was answered is answered the same, and what was not is done at last: once. */
async function assertRepeatable(portal: Portal, key: string, requests: readonly Sent[]): Promise<void> {
  for (const { status, text, ...request } of requests) {
    const again = await send(portal.origin, { method: 'POST', key, ...request });
    if (status !== null) expect([again.status, again.text]).toEqual([status, text]);
    else if (!request.path.startsWith('/orders/'))
      expect([200, 201, 409], again.text).toContain(again.status);
  }
}
