import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '../../functions/people/sign-in/challenge.ts';
import { pages } from '../e2e/demo/pages.ts';
import { regulars, runRegulars } from '../support/cli.ts';
import { type Portal, portalSettings } from '../support/server.ts';
import { noSqld, type Sqld, startSqld } from '../support/sqld.ts';
import { startWorker } from '../support/workerd.ts';
import { type Browser, openBrowser } from './browser.ts';
import { findForms, pageOf } from './site-forms.ts';

describe.skipIf(noSqld !== null)('the demo on a database server', () => {
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
  });

  test('is loaded, and proves itself', { timeout: 600_000 }, async () => {
    for (const words of [['migrate'], ['demo'], ['jobs', 'run'], ['verify']]) {
      const { code, stderr } = await runRegulars(settings, ...words);
      expect([words, code], stderr).toEqual([words, 0]);
    }
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
