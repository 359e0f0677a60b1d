import { execFileSync, spawn } from 'node:child_process';
import { chromium, type Page } from '@playwright/test';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig, type Result } from 'lighthouse';
import { pages } from '../tests/e2e/demo/pages.ts';
import { browserPath } from '../tests/support/browser.ts';
import { demoOrigin, demoSettings } from '../tests/support/demo-settings.ts';
import { programEnv } from '../tests/support/process.ts';
import removeDemo from '../tests/support/remove-demo.ts';

/**
 * Runs Lighthouse over every page of the demo, as a phone and as a desktop, and prints a table. Pages of the console are
 * looked at by an owner, for accessibility and best practices alone. The portal has to be built.
 * Usage: npm run lighthouse [-- /account /how-it-works | -- console]
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

const cookies = { anna: '', owner: '' };
const server = spawn(process.execPath, ['functions/cli.ts', 'serve'], {
  env: { ...process.env, ...demoSettings },
  stdio: 'ignore',
});
const chromePath = browserPath() ?? chromium.executablePath();
const chrome = await launch({ chromePath, chromeFlags: flags });
try {
  await untilReady();
  cookies.anna = await cookieBy(signIn);
  cookies.owner = await cookieBy(signInOwner);
  const asked = process.argv.slice(2);
  const wanted = asked.length > 0 && asked[0] !== 'console' ? asked : await everyPath(asked[0] ?? '');
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
  const onlyCategories = isOfConsole(path) ? ['accessibility', 'best-practices'] : [...categories];
  const run = await lighthouse(
    `${demoOrigin}${path}`,
    { port: chrome.port, onlyCategories, extraHeaders: headersFor(path), logLevel: 'silent' },
    form === 'desktop' ? desktopConfig : undefined,
  );
  if (run === undefined) throw new Error(`Lighthouse says nothing about ${path}.`);
  const isWhole = run.lhr.categories.performance?.score !== null;
  return isWhole || tries === 1 ? run.lhr : measure(path, form, tries - 1);
}

function rowOf(path: string, form: string, { categories: found, audits }: Result): string[] {
  const value = (name: string, digits: number, unit = 1) => {
    const measured = audits[name]?.numericValue;
    return measured === undefined ? '' : (measured / unit).toFixed(digits);
  };
  return [
    path.replace(/\/[\w-]*\d[\w-]*$/, '/…'),
    form,
    ...categories.map((name) =>
      name === 'seo' && audits['is-crawlable']?.score === 0 ? 'noindex' : score(found[name]?.score),
    ),
    value('largest-contentful-paint', 0),
    value('cumulative-layout-shift', 3),
    value('total-blocking-time', 0),
    value('total-byte-weight', 1, 1024),
  ];
}

function headersFor(path: string): Record<string, string> {
  if (isOfConsole(path)) return { Cookie: cookies.owner };
  return path.includes('/account') ? { Cookie: cookies.anna } : {};
}

function isOfConsole(path: string): boolean {
  return path.includes('/console');
}

function score(of: number | null | undefined): string {
  return typeof of === 'number' ? String(Math.round(of * 100)) : '';
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

/** Signs somebody in as a person would, and returns the cookie. */
async function cookieBy(sign: (page: Page) => Promise<void>): Promise<string> {
  const browser = await chromium.launch({ executablePath: chromePath, args: flags });
  try {
    const page = await browser.newPage({ baseURL: demoOrigin });
    await sign(page);
    const kept = await page.context().cookies();
    return kept.map(({ name, value }) => `${name}=${value}`).join('; ');
  } finally {
    await browser.close();
  }
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('#email').fill('anna@post.example');
  await page.locator('main button').first().click();
  await page.goto('/mailbox');
  await page.locator('.mails li:has(.digits) a.button').first().click();
  await page.locator('main button').first().click();
  await page.waitForURL('**/account');
}

async function signInOwner(page: Page): Promise<void> {
  const words = ['functions/cli.ts', 'staff', 'add', 'olena@fernandkettle.example', '--role', 'owner'];
  const link = execFileSync(process.execPath, words, { env: programEnv(demoSettings), encoding: 'utf8' });
  await page.goto(link.trim());
  await page.locator('main button').first().click();
  await page.waitForURL('**/console');
}

/** What everybody, a customer and an owner see, and one page in the other language; or only those whose address holds a part. */
async function everyPath(part: string): Promise<string[]> {
  const found = new Set(['/uk']);
  for (const { who, path, follow } of pages) {
    if (who !== 'nobody' && who !== 'anna' && who !== 'owner') continue;
    if (
      /\?|no-such-page|mailbox|\/stop|packing-slip|invoice/.test(`${path}${follow}`) ||
      !path.includes(part)
    )
      continue;
    let target = path;
    for (const link of follow === undefined ? [] : [follow].flat()) target = await followed(target, link);
    found.add(target);
  }
  return [...found].filter((path) => path.includes(part));
}

/** Where the first such link of a page leads. */
async function followed(path: string, follow: string): Promise<string> {
  const browser = await chromium.launch({ executablePath: chromePath, args: flags });
  try {
    const page = await browser.newPage({ baseURL: demoOrigin, extraHTTPHeaders: headersFor(path) });
    await page.goto(path);
    return (await page.locator(follow).first().getAttribute('href')) ?? path;
  } finally {
    await browser.close();
  }
}
