import { spawn } from 'node:child_process';
import { chromium } from '@playwright/test';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig, type Result } from 'lighthouse';
import { pages } from '../tests/e2e/demo/pages.ts';
import { browserPath } from '../tests/support/browser.ts';
import { demoOrigin, demoSettings } from '../tests/support/demo-settings.ts';
import removeDemo from '../tests/support/remove-demo.ts';

/**
 * Runs Lighthouse over every page of the demo, as a phone and as a desktop, and prints a table.
 * The portal has to be built. Usage: npm run lighthouse [-- /account /how-it-works]
 */
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
  const asked = process.argv.slice(2);
  const wanted = asked.length > 0 ? asked : await everyPath();
  print(['page', 'as', 'perf', 'a11y', 'best', 'seo', 'LCP ms', 'CLS', 'TBT ms', 'KiB']);
  print(['---', '---', '--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:']);
  for (const path of wanted)
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
    path.replace(/\/[\w-]*\d[\w-]*$/, '/…'),
    form,
    ...categories.map((name) =>
      name === 'seo' && audits['is-crawlable']?.score === 0 ? 'noindex' : score(found[name]?.score),
    ),
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
    await page.locator('.mails li:has(.digits) a.button').first().click();
    await page.locator('main button').click();
    await page.waitForURL('**/account');
    const cookies = await page.context().cookies();
    return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  } finally {
    await browser.close();
  }
}

/** What everybody and a customer see, and one page in the other language. */
async function everyPath(): Promise<string[]> {
  const found = new Set(['/uk']);
  for (const { who, path, follow } of pages) {
    if ((who !== 'nobody' && who !== 'anna') || /\?|no-such-page|mailbox|\/stop/.test(path)) continue;
    let target = path;
    for (const link of follow === undefined ? [] : [follow].flat()) target = await followed(target, link);
    found.add(target);
  }
  return [...found];
}

/** Where the first such link of a page leads. */
async function followed(path: string, follow: string): Promise<string> {
  const browser = await chromium.launch({ executablePath: chromePath, args: flags });
  try {
    const page = await browser.newPage({ baseURL: demoOrigin, extraHTTPHeaders: { Cookie: cookie } });
    await page.goto(path);
    return (await page.locator(follow).first().getAttribute('href')) ?? path;
  } finally {
    await browser.close();
  }
}
