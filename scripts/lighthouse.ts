import { spawn } from 'node:child_process';
import { chromium } from '@playwright/test';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig, type Result } from 'lighthouse';
import { browserPath } from '../tests/support/browser.ts';
import { demoOrigin, demoSettings } from '../tests/support/demo-settings.ts';
import removeDemo from '../tests/support/remove-demo.ts';

/**
 * Runs Lighthouse over every page of the demo, as a phone and as a desktop, and prints a table.
 * The portal has to be built. Usage: npm run lighthouse [-- /account /how-it-works]
 */
const publicPaths = ['/', '/uk', '/how-it-works', '/privacy', '/sign-in'];
const personalPaths = [
  '/account',
  '/account/orders',
  '/account/rewards',
  '/account/rewards/voucher',
  '/account/settings',
];
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let cookie = '';
const server = spawn(process.execPath, ['functions/cli.ts', 'serve'], {
  env: { ...process.env, ...demoSettings },
  stdio: 'ignore',
});
const chromePath = browserPath() ?? chromium.executablePath();
const chrome = await launch({ chromePath, chromeFlags: flags });
try {
  await untilReady();
  cookie = await signIn('anna@post.example');
  const order = await orderPath(cookie);
  const asked = process.argv.slice(2);
  const paths = asked.length > 0 ? asked : [...publicPaths, ...personalPaths, order];
  print(['page', 'as', 'perf', 'a11y', 'best', 'seo', 'LCP ms', 'CLS', 'TBT ms', 'KiB']);
  print(['---', '---', '--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:']);
  for (const path of paths)
    for (const form of ['phone', 'desktop'] as const) print(rowOf(path, form, await measure(path, form)));
} finally {
  chrome.kill();
  server.kill('SIGTERM');
  removeDemo();
}

/** Asks again when the browser's trace was too short to tell the speed. */
async function measure(path: string, form: 'phone' | 'desktop', tries = 3): Promise<Result> {
  const extraHeaders: Record<string, string> = isPersonal(path) ? { Cookie: cookie } : {};
  const run = await lighthouse(
    `${demoOrigin}${path}`,
    { port: chrome.port, onlyCategories: [...categories], extraHeaders, logLevel: 'silent' },
    form === 'desktop' ? desktopConfig : undefined,
  );
  if (run === undefined) throw new Error(`Lighthouse says nothing about ${path}.`);
  const isWhole = run.lhr.categories.performance?.score !== null;
  return isWhole || tries === 1 ? run.lhr : measure(path, form, tries - 1);
}

function rowOf(path: string, form: string, { categories: found, audits }: Result): string[] {
  const value = (name: string) => audits[name]?.numericValue ?? Number.NaN;
  return [
    path.replace(/\/orders\/.+/, '/orders/…'),
    form,
    ...categories.map((name) => (name === 'seo' && isPersonal(path) ? 'noindex' : score(found[name]?.score))),
    value('largest-contentful-paint').toFixed(0),
    value('cumulative-layout-shift').toFixed(3),
    value('total-blocking-time').toFixed(0),
    (value('total-byte-weight') / 1024).toFixed(1),
  ];
}

function isPersonal(path: string): boolean {
  return path.includes('/account');
}

function score(of: number | null | undefined): string {
  return typeof of === 'number' ? String(Math.round(of * 100)) : '?';
}

function print(cells: string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

async function untilReady(): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await fetch(`${demoOrigin}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The demo did not start. Is the portal built? npm run build');
}

/** Signs in as a person would, by the mailbox, and returns the cookie. */
async function signIn(email: string): Promise<string> {
  const browser = await chromium.launch({ executablePath: chromePath, args: flags });
  try {
    const page = await browser.newPage({ baseURL: demoOrigin });
    await page.goto('/sign-in');
    await page.locator('#email').fill(email);
    await page.locator('main button').click();
    await page.goto('/mailbox');
    await page.locator('.mails a').first().click();
    await page.locator('main button').click();
    await page.waitForURL('**/account');
    const cookies = await page.context().cookies();
    return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  } finally {
    await browser.close();
  }
}

async function orderPath(cookie: string): Promise<string> {
  const page = await (await fetch(`${demoOrigin}/account`, { headers: { Cookie: cookie } })).text();
  return /href="(\/account\/orders\/[^"]+)"/.exec(page)?.[1] ?? '/account/orders';
}
