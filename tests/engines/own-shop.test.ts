import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { regulars } from '../support/cli.ts';
import { copyDemo } from '../support/demo.ts';
import { type Portal, portalSettings, startServer } from '../support/server.ts';
import { noSqld, type Sqld, startSqld } from '../support/sqld.ts';
import { openBrowser } from './browser.ts';

let folder: string;
let portal: Portal | undefined;

const settingsOver = (databaseUrl: string) => {
  const { RESEND_API_KEY, MAIL_FROM, ...rest } = portalSettings(databaseUrl, '');
  return { ...rest, DEMO: 'on' };
};
/** What a tunnel adds to what strangers ask. */
const proxied = { 'X-Forwarded-For': '203.0.113.9' };
const demoLine = 'This is a demo';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regulars-own-'));
  await copyDemo(folder);
});

afterAll(async () => {
  await portal?.running.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

test('one press at the machine closes the demo, opens the own shop and leads to its owner', async () => {
  const { settings, path } = placeWith('beside', 'demo.db');
  portal = await startServer(settings);
  const { origin, running } = portal;
  const [me, stranger] = [openBrowser(origin), openBrowser(origin, {}, proxied)];
  expect((await me.get('/')).text).toContain(demoLine);
  expect(existsSync(path('regulars.db'))).toBe(false);
  expect((await stranger.get('/own-shop')).text).toContain('Only an owner can close this demo');
  await stranger.post('/own-shop', { confirmed: 'yes' });
  await me.post('/own-shop', {});
  expect((await me.get('/')).text).toContain(demoLine);
  const asking = untilOver(origin);
  const pressed = await me.post('/own-shop', { confirmed: 'yes' });
  expect((await me.get('/how-it-works')).text).not.toContain(demoLine);
  expect(new Set(await asking.over())).toEqual(new Set([200]));
  expect(pressed.location).toMatch(/^\/sign-in\/owner\?token=/);
  expect(running.output()).toContain(pressed.location);
  expect((await stranger.get('/own-shop')).text).toContain('stands in the terminal');
  expect(customersIn(path('demo.db'))).toBeGreaterThan(100);
  await running.end('SIGKILL');
  portal = await startServer(settings);
  const again = openBrowser(portal.origin);
  expect((await again.get('/')).text).not.toContain(demoLine);
  await again.get(/\/sign-in\/owner\?token=\S+/.exec(portal.running.output())?.[0] ?? '');
  expect((await again.post('/sign-in/owner', { email: 'me@x.example' })).location).toBe('/console');
  expect((await again.get('/own-shop')).location).toBe('/');
  await portal.running.end('SIGTERM');
});

test('a demo in the own file is moved aside whole, and leaves no byte in it', async () => {
  const { settings, path } = placeWith('inside', 'regulars.db');
  const attached = join(path('attachments'), 'a-file');
  mkdirSync(path('attachments'));
  writeFileSync(attached, 'a picture');
  portal = await startServer(settings);
  const { origin, running } = portal;
  const owner = openBrowser(origin, {}, proxied);
  const email = 'olena@fernandkettle.example';
  const link = await regulars({ ...settings, PUBLIC_URL: origin }, 'staff', 'add', email, '--role', 'owner');
  await owner.get(link.trim());
  await owner.post('/sign-in/link', {});
  expect((await owner.get('/console')).text).toContain('Start your own shop');
  expect((await owner.post('/own-shop', { confirmed: 'yes' })).location).toBe('/own-shop');
  expect((await owner.get('/own-shop')).text).toContain('stands in the terminal');
  expect(running.output().split('Your own shop is served')[1]).toContain('/sign-in/owner?token=');
  expect(customersIn(path('demo.db'))).toBeGreaterThan(100);
  expect(existsSync(join(path('demo-attachments'), 'a-file'))).toBe(true);
  expect((await owner.get('/console')).location).toMatch(/^\/sign-in\/staff/);
  await running.end('SIGTERM');
  for (const end of ['', '-wal'].filter((one) => existsSync(path(`regulars.db${one}`))))
    expect(readFileSync(path(`regulars.db${end}`)).includes('anna@post.example')).toBe(false);
  expect(customersIn(path('regulars.db'))).toBe(0);
});

test('a file of that name which is no demo is left alone', async () => {
  const { settings, path } = placeWith('other', null);
  await regulars({ ...settings, DATABASE_URL: `file:${path('demo.db')}` }, 'settings', 'set', 'name', 'Tea');
  portal = await startServer(settings);
  expect((await openBrowser(portal.origin).get('/')).text).not.toContain(demoLine);
  expect(portal.running.output()).toContain('/sign-in/owner?token=');
  await portal.running.end('SIGTERM');
});

describe.skipIf(noSqld !== null)('a database server', () => {
  let server: Sqld;
  beforeAll(async () => {
    server = await startSqld();
  });
  afterAll(() => server.stop());

  test('gets no demo by being served', async () => {
    const settings = settingsOver(server.url);
    await regulars(settings, 'migrate');
    portal = await startServer(settings);
    const { text } = await openBrowser(portal.origin).get('/');
    await portal.running.end('SIGTERM');
    expect(text).not.toContain(demoLine);
    expect(portal.running.output()).not.toContain('demo');
  });
});

/** A folder with the demo under a name, and the settings of who keeps their own shop there. */
function placeWith(name: string, demo: string | null) {
  const place = join(folder, name);
  mkdirSync(place);
  const path = (file: string) => join(place, file);
  if (demo !== null) copyFileSync(join(folder, 'regulars.db'), path(demo));
  return { path, settings: settingsOver(`file:${path('regulars.db')}`) };
}

/** Asks again and again, as others do while the demo is closed. */
function untilOver(origin: string): { over: () => Promise<number[]> } {
  let isOver = false;
  const statuses: number[] = [];
  const asking = (async () => {
    while (!isOver) statuses.push((await fetch(`${origin}/how-it-works`)).status);
  })();
  return {
    over: async () => {
      isOver = true;
      await asking;
      return statuses;
    },
  };
}

function customersIn(path: string): number {
  const db = new Database(path, { timeout: 5000 });
  const row: unknown = db.prepare('SELECT count(*) FROM customers').raw(true).get();
  db.close();
  return Array.isArray(row) ? Number(row[0]) : -1;
}
