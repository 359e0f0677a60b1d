import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '../../functions/people/sign-in/challenge.ts';
import { pages } from '../e2e/demo/pages.ts';
import { regulars, runRegulars } from '../support/cli.ts';
import { copyDemo } from '../support/demo.ts';
import { type Portal, portalSettings } from '../support/server.ts';
import { noSqld, type Sqld, startSqld } from '../support/sqld.ts';
import { startWorker } from '../support/workerd.ts';
import { type Browser, openBrowser } from './browser.ts';
import { findForms, pageOf } from './site-forms.ts';

const isSoak = process.env.SOAK === '1';

/** Runs a command that has to end well. */
async function run(settings: Record<string, string>, ...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await runRegulars(settings, ...words);
  expect([words, code], stderr).toEqual([words, 0]);
  return stdout;
}

describe.skipIf(noSqld !== null)('the demo on a database server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-archive-'));
  let server: Sqld;
  let settings: Record<string, string>;
  let portal: Portal | undefined;

  beforeAll(async () => {
    server = await startSqld();
    settings = portalSettings(server.url, 'http://127.0.0.1:9');
  });

  afterAll(async () => {
    await portal?.running.end('SIGTERM');
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('comes as a whole business from a file and is the same there', { timeout: 600_000 }, async () => {
    const [there, back] = [join(folder, 'there.tar.gz'), join(folder, 'back.tar.gz')];
    await copyDemo(folder);
    const own = portalSettings(`file:${join(folder, 'regulars.db')}`, 'http://127.0.0.1:9');
    await run(own, 'export', 'everything', '-o', there);
    await run(settings, 'migrate');
    const told = await run(settings, 'import', 'everything', there, '--json');
    expect(JSON.parse(told)).toMatchObject({ differences: 0, accounts: expect.any(Number) });
    await run(settings, 'export', 'everything', '-o', back);
    expect(Buffer.compare(readFileSync(back), readFileSync(there))).toBe(0);
  });

  test('proves itself when its jobs have run', { timeout: 600_000 }, async () => {
    await run(settings, 'jobs', 'run');
    await run(settings, 'verify');
  });

  test('shows every page of it on workerd', { timeout: 600_000 }, async () => {
    portal = await startWorker(settings);
    const visitors = {
      nobody: openBrowser(portal.origin),
      anna: await signedIn(portal.origin, 'anna@post.example'),
      owner: await signedInOwner(portal.origin, 'olena@fernandkettle.example'),
    };
    const seen = new Set<string | null>();
    for (const [who, browser] of Object.entries(visitors)) {
      const starts = pages.filter((page) => page.who === who).map(({ path }) => path);
      for (const address of await shownFrom(browser, starts)) seen.add(pageOf(address));
    }
    expect(pages.filter(({ path }) => !seen.has(pageOf(path))).map(({ path }) => path)).toEqual([]);
  });

  /** A server looks at all tables for each batch, of which there are thousands: a file is filled ten times as fast. */
  test.runIf(isSoak)('is loaded there, and proves itself', { timeout: 600_000 }, async () => {
    const another = await startSqld();
    try {
      const own = portalSettings(another.url, 'http://127.0.0.1:9');
      for (const words of [['migrate'], ['demo'], ['jobs', 'run'], ['verify']]) await run(own, ...words);
    } finally {
      await another.stop();
    }
  });

  async function signedIn(origin: string, email: string): Promise<Browser> {
    const browser = openBrowser(origin);
    const { location } = await browser.post('/sign-in', { email });
    const id = new URL(location ?? '', origin).searchParams.get('id') ?? '';
    await browser.post(location ?? '', { code: codeOf(settings.SECRET ?? '', id) });
    return browser;
  }

  async function signedInOwner(origin: string, email: string): Promise<Browser> {
    const browser = openBrowser(origin);
    const link = new URL((await regulars(settings, 'staff', 'add', email, '--role', 'owner')).trim());
    await browser.get(`${link.pathname}${link.search}`);
    await browser.post('/sign-in/link', {});
    return browser;
  }
});

/** The addresses that answer with a page to somebody who follows every link; one that fails throws. */
async function shownFrom(browser: Browser, starts: readonly string[]): Promise<string[]> {
  const shown: string[] = [];
  const get = async (address: string) => {
    const page = await browser.get(address);
    if (page.location === null && page.text.startsWith('<!')) shown.push(address);
    return page;
  };
  await findForms({ ...browser, get }, starts);
  return shown;
}
