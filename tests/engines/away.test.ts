import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../db/migrate.ts';
import { openRemote } from '../../db/remote.ts';
import { type Portal, portalSettings, startServer } from '../support/server.ts';
import { noSqld, type Sqld, startSqld } from '../support/sqld.ts';

/** Stands before a database server, and hangs up once it has passed on as many requests as it was allowed. */
async function startDoor(behind: string) {
  let left = Number.POSITIVE_INFINITY;
  const door: Server = createServer(async (request, response) => {
    if (left <= 0) {
      request.socket.destroy();
      return;
    }
    left -= 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = 'GET', url = '/' } = request;
    const answer = await fetch(behind + url, {
      method,
      ...(method === 'POST' ? { body: Buffer.concat(chunks) } : {}),
    });
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('Content-Type') ?? '' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const address = door.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    allow: (requests: number) => {
      left = requests;
    },
    close: () => door.closeAllConnections(),
  };
}

describe.skipIf(noSqld !== null)('while the database server is away', () => {
  let database: Sqld;
  let door: Awaited<ReturnType<typeof startDoor>>;
  let portal: Portal;

  beforeAll(async () => {
    database = await startSqld();
    const db = openRemote({ url: database.url });
    await migrate(db, Date.now());
    door = await startDoor(database.url);
    const { RESEND_API_KEY, ...settings } = portalSettings(door.url, '');
    portal = await startServer(settings);
  });

  afterAll(async () => {
    await portal.running.end('SIGTERM');
    door.close();
    await database.stop();
  });

  test.each([
    ['before a page is begun', '/mailbox', 0, 'Please try again in a moment'],
    ['while a page is made', '/mailbox', 1, 'Please try again in a moment'],
    ['in Ukrainian', '/uk/sign-in', 0, 'Хвилинку, будь ласка'],
  ])('a page says so, %s, and when to come back', async (_when, path, requests, words) => {
    door.allow(Number.POSITIVE_INFINITY);
    expect((await fetch(portal.origin + path)).status).toBe(200);
    door.allow(requests);
    const answer = await fetch(portal.origin + path);
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(answer.headers.get('Content-Security-Policy')).toContain('default-src');
    expect(await answer.text()).toContain(words);
  });
});
