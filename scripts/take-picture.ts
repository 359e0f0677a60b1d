import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getLogger } from '@logtape/logtape';
import { chromium } from '@playwright/test';
import { openEmbedded } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { demoSignIns, loadDemo } from '../functions/desk/demo/load-demo.ts';
import { cookieNames } from '../functions/ground/http/cookies.ts';
import type { RunningServer } from '../functions/ground/http/running-server.ts';
import { createAccountQueue } from '../functions/ground/platform/account-queue.ts';
import { createCaches } from '../functions/ground/platform/caches.ts';
import { type Config, readConfig } from '../functions/ground/platform/config.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { newToken } from '../functions/ground/platform/ids.ts';
import { codeOf } from '../functions/people/sign-in/challenge.ts';
import { requestSignIn } from '../functions/people/sign-in/request-sign-in.ts';
import { verifyCode } from '../functions/people/sign-in/verify-code.ts';
import { house } from '../functions/rooms.ts';
import { portal } from '../src/portal.config.ts';

/**
 * Takes docs/portal.png, the picture of the README: the demo's first customer looks at /account of what is built.
 * Usage: node scripts/take-picture.ts, after npm run build.
 */
const folder = mkdtempSync(join(tmpdir(), 'regulars-picture-'));
const secret = newToken();
const config = readConfig({ DATABASE_URL: `file:${join(folder, 'regulars.db')}`, PORT: '4398' }, secret);
const token = await signedInDemo(config);
const entry: { start: (config: Config) => Promise<RunningServer> } = await import(
  new URL('../dist/node/server/entry.mjs', import.meta.url).href
);
const server = await entry.start(config);
await photograph(`${config.publicUrl}/account`, { name: cookieNames(config).session, value: token });
await server.close();
rmSync(folder, { recursive: true, force: true });
process.exit();

/** A database with the demo in it and somebody signed in; their session's token. */
async function signedInDemo({ databaseUrl }: Config): Promise<string> {
  const db = openEmbedded(databaseUrl.slice('file:'.length));
  await migrate(db, Date.now());
  const ctx: Context = {
    config,
    log: getLogger(['regulars']),
    now: Date.now,
    house,
    defaults: portal,
    queue: createAccountQueue(),
    cache: createCaches(),
    files: null,
    largeFiles: null,
    db,
    actor: { kind: 'system', name: 'picture' },
    wakeMail: () => undefined,
  };
  await loadDemo(ctx);
  const browserToken = newToken();
  const email = demoSignIns[0]?.email ?? '';
  const asked = { email, language: 'en', browserToken, clientAddress: '127.0.0.1' };
  const { challengeId } = await requestSignIn(ctx, asked);
  const code = codeOf(secret, challengeId);
  const signedIn = await verifyCode(ctx, {
    challengeId,
    code,
    browserToken,
    language: 'en',
    clientAddress: asked.clientAddress,
  });
  db.close();
  return signedIn.token;
}

async function photograph(url: string, cookie: { name: string; value: string }): Promise<void> {
  const installed = '/usr/bin/chromium';
  const browser = await chromium.launch({
    ...(existsSync(installed) ? { executablePath: installed } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  });
  const page = await browser.newPage({ viewport: { width: 1240, height: 1380 }, deviceScaleFactor: 1 });
  await page.context().addCookies([{ ...cookie, url }]);
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.screenshot({ path: 'docs/portal.png' });
  await browser.close();
}
