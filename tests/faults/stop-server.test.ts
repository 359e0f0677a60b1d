import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { pause } from '../support/process.ts';
import { portalSettings, startServer } from '../support/server.ts';
import { createTestFile } from '../support/test-store.ts';

const isSoak = process.env.SOAK === '1';
const STOPS = isSoak ? 30 : 3;
const CLIENTS = 8;

test(`${STOPS} times SIGTERM under load: no request on a kept connection breaks, and the process ends`, async () => {
  const { path, store } = await createTestFile();
  store.close();
  for (let stop = 1; stop <= STOPS; stop += 1) {
    const portal = await startServer(portalSettings(`file:${path}`, 'http://127.0.0.1:9'));
    const told: Told[] = Array.from({ length: CLIENTS }, () => ({ answered: 0, broken: [] }));
    const clients = told.map((one) => askUntilGone(portal.origin, one));
    const enough = 5 + Math.random() * 15;
    while (told.some(({ answered, broken }) => answered < enough && broken.length === 0)) await pause(5);
    await portal.running.end('SIGTERM');
    expect(await portal.running.ended, portal.running.output()).toBe(0);
    await Promise.all(clients);
    expect(told.flatMap(({ broken }) => broken)).toEqual([]);
  }
});

test('a connection that stays idle keeps nobody from stopping, and a second signal ends at once', async () => {
  const { path, store } = await createTestFile();
  store.close();
  const settings = portalSettings(`file:${path}`, 'http://127.0.0.1:9');
  const idle = await startServer(settings);
  const agent = new Agent({ keepAlive: true });
  await ask(`${idle.origin}/healthz`, agent);
  await idle.running.end('SIGTERM');
  expect(await idle.running.ended).toBe(0);
  expect(idle.running.output()).not.toContain('did not end in time');

  const busy = await startServer(settings);
  const stuck = await startRequest(busy.origin);
  process.kill(busy.running.pid, 'SIGTERM');
  // Both at once is what npm makes of one press of Ctrl+C.
  process.kill(busy.running.pid, 'SIGINT');
  await pause(1200);
  expect(busy.running.isRunning(), 'a request that is under way is waited for').toBe(true);
  process.kill(busy.running.pid, 'SIGTERM');
  expect(await busy.running.ended).toBe(1);
  stuck.destroy();
  agent.destroy();
});

/** A connection that was answered before, and whose second request is never whole. */
function startRequest(origin: string): Promise<Socket> {
  const { hostname, port, host } = new URL(origin);
  const head = ['POST /sign-in HTTP/1.1', `Host: ${host}`, `Origin: ${origin}`, 'Content-Length: 10'];
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  return new Promise((resolve) => {
    socket.once('data', () => {
      socket.write(`${head.join('\r\n')}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nhalf`);
      resolve(socket);
    });
  });
}

interface Told {
  answered: number;
  broken: string[];
}

/** Asks one thing after the other on one kept-alive connection, until nobody takes new ones. */
async function askUntilGone(origin: string, told: Told): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (;;) {
    try {
      expect(await ask(`${origin}${told.answered % 3 === 0 ? '/sign-in' : '/healthz'}`, agent)).toBe(200);
      told.answered += 1;
    } catch (error) {
      if (told.answered === 0 || codeOf(error) !== 'ECONNREFUSED') told.broken.push(String(error));
      agent.destroy();
      return;
    }
  }
}

function ask(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', reject);
    }).once('error', reject);
  });
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : null);
