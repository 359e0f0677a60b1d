import { ageOf, kept } from './times.ts';

/** Pages without anything personal, and the files that kept pages need to look as they do. */
export const SHELL_CACHE = 'shell';
const SHELL_PATH = '/offline';
const DAY_MS = 24 * 60 * 60 * 1000;
const assets = /(?:src|href)="(\/(?:_astro|logo)\/[^"?#]+)"/g;

export const isAsset = (path: string): boolean => /^\/(?:_astro|logo)\//.test(path);

/** Their addresses hold a hash of what they are, so that what is kept never differs from what the server has. */
export async function answerAsset(request: Request): Promise<Response> {
  const file = await caches.match(request, { cacheName: SHELL_CACHE }).catch(() => undefined);
  return file ?? fetch(request);
}

/**
 * Keeps the page that is shown without a connection to whoever it may be, asked for as nobody, once a day.
 * @throws {TypeError} without a connection
 */
export async function keepShell(language: string): Promise<void> {
  const cache = await caches.open(SHELL_CACHE);
  const former = await cache.match(language + SHELL_PATH);
  if (former !== undefined && ageOf(former) < DAY_MS) return;
  // No reader asks: the page is not counted as read.
  const headers = { Purpose: 'prefetch' };
  const page = await fetch(language + SHELL_PATH, { headers, credentials: 'omit', cache: 'no-store' });
  if (!page.ok) throw new TypeError(`The page for when there is no connection answered ${page.status}.`);
  const html = await page.text();
  await cache.put(language + SHELL_PATH, kept(page, { html, language }));
  await keepAssets(html);
}

export async function shellPage(language: string): Promise<Response> {
  try {
    const cache = await caches.open(SHELL_CACHE);
    const page = (await cache.match(language + SHELL_PATH)) ?? (await cache.match(SHELL_PATH));
    return page ?? Response.error();
  } catch {
    return Response.error();
  }
}

/** Keeps what a page is made of. */
export async function keepAssets(html: string): Promise<void> {
  const cache = await caches.open(SHELL_CACHE);
  const wanted = new Set([...html.matchAll(assets)].map(([, path = '']) => path));
  for (const path of wanted) if ((await cache.match(path)) === undefined) await cache.add(path);
}

/** Drops the files of former builds: those that a page, which needs all that others do, does not name. */
export async function dropFormerAssets(html: string): Promise<void> {
  const cache = await caches.open(SHELL_CACHE);
  const wanted = new Set([...html.matchAll(assets)].map(([, path = '']) => path));
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (isAsset(pathname) && !wanted.has(pathname)) await cache.delete(url);
  }
}
