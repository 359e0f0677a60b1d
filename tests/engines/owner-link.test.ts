import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { regulars } from '../support/cli.ts';
import { portalSettings, startServer } from '../support/server.ts';
import { noSqld, type Sqld, startSqld } from '../support/sqld.ts';
import { openBrowser } from './browser.ts';

describe('the owner link that the server prints', () => {
  test('on a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'regulars-owner-'));
    await expectOneOwner(portalSettings(`file:${join(folder, 'regulars.db')}`, 'http://127.0.0.1:9'));
  });
});

describe.skipIf(noSqld !== null)('the owner link of a database server', () => {
  let server: Sqld;
  beforeAll(async () => {
    server = await startSqld();
  });
  afterAll(() => server.stop());

  test('is the same', async () => {
    const settings = portalSettings(server.url, 'http://127.0.0.1:9');
    await regulars(settings, 'migrate');
    await expectOneOwner(settings);
  });
});

async function expectOneOwner(settings: Record<string, string>): Promise<void> {
  const before = await startServer(settings);
  const ended = new URL(linkIn(before.running.output()) ?? '');
  await before.running.end('SIGTERM');
  const portal = await startServer(settings);
  const link = new URL(linkIn(portal.running.output()) ?? '');
  expect(portal.running.output().trimEnd().split('\n').at(-1)).toContain(link.href);
  const [olena, yurii, late] = [1, 2, 3].map(() => openBrowser(portal.origin));
  const open = `${link.pathname}${link.search}`;
  expect((await fetch(new URL('/how-it-works', portal.origin))).status).toBe(200);
  expect((await late?.get(`${ended.pathname}${ended.search}`))?.location).toBe('/sign-in/owner');
  expect((await late?.get('/sign-in/owner'))?.text).toContain('no longer works');
  for (const browser of [olena, yurii]) {
    expect((await browser?.get(open))?.location).toBe('/sign-in/owner');
    expect((await browser?.get('/sign-in/owner'))?.text).toContain('<h1>Become the owner</h1>');
  }
  expect((await olena?.post('/sign-in/owner', { email: 'nobody' }))?.status).toBe(422);
  const posts = [olena, yurii].map((one, at) => one?.post('/sign-in/owner', { email: `${at}@x.example` }));
  const answers = await Promise.all(posts);
  expect(answers.map((answer) => answer?.status).sort()).toEqual([303, 422]);
  const owner = answers[0]?.status === 303 ? olena : yurii;
  expect((await owner?.get('/console'))?.location).toMatch(/^\/sign-in\/factor/);
  expect((await late?.post('/sign-in/owner', { email: 'late@x.example' }))?.status).toBe(422);
  await portal.running.end('SIGTERM');
  const after = await startServer(settings);
  await after.running.end('SIGTERM');
  expect(linkIn(after.running.output())).toBeNull();
}

const linkIn = (output: string) => /http:\S+\/sign-in\/owner\?token=\S+/.exec(output)?.[0] ?? null;
