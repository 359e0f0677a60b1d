/**
 * What is kept of one customer, in a cache that bears the mark of whose it is. There is one such cache at the most: what the server
 * says of anybody else, or of nobody, drops it.
 */
import { NOBODY, READER_HEADER } from '../../functions/ground/http/reader-header.ts';
import { dropFormerAssets, keepAssets } from './assets.ts';
import { ageOf, isIn, kept } from './times.ts';

export const PERSONAL = 'kept-';
const KEPT_PATH = '/account/offline';
const MINUTE_MS = 60_000;
/** As long as a session lasts that nobody uses. */
const SHOWN_MS_MAX = 30 * 24 * 60 * MINUTE_MS;
const FRESH_MS = 5 * MINUTE_MS;

/** Who was told to be here last since this worker runs, and how often that changed. */
let present: string | null = null;
let changes = 0;
/** Whether a form was sent since. */
let isOutdated = false;

/** Holds what is kept to whom the server just named. */
export async function meet(page: Response): Promise<void> {
  const reader = page.headers.get(READER_HEADER);
  if (reader !== null) await meetReader(reader);
}

async function meetReader(reader: string): Promise<void> {
  if (reader !== present) changes += 1;
  present = reader;
  await dropAllBut(reader);
}

export async function forget(): Promise<void> {
  changes += 1;
  present = NOBODY;
  await dropAllBut(NOBODY);
}

export function outdate(): void {
  isOutdated = true;
}

async function dropAllBut(reader: string): Promise<void> {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(PERSONAL) && name !== PERSONAL + reader);
  await Promise.all(others.map((name) => caches.delete(name)));
}

/** The page that is shown to the one it belongs to while there is no connection; null where none is kept, or for too long. */
export async function keptPage(): Promise<Response | null> {
  const page = await find();
  if (page === null || ageOf(page) < SHOWN_MS_MAX) return page;
  await forget();
  return null;
}

/** Whether a kept page is of whom the server named last, if it has named anybody since this worker runs. */
const isOf = (page: Response): boolean => present === null || page.headers.get(READER_HEADER) === present;

async function find(): Promise<Response | null> {
  const name = (await caches.keys()).find((one) => one.startsWith(PERSONAL));
  if (name === undefined) return null;
  return (await caches.match(KEPT_PATH, { cacheName: name })) ?? null;
}

/**
 * Keeps how things stand now, unless that was done a moment ago. An answer that was on its way while somebody else came or left is
 * not kept.
 */
export async function keepAnew(language: string): Promise<void> {
  const former = await find();
  const isFresh = former !== null && ageOf(former) < FRESH_MS && isIn(former, language) && isOf(former);
  if (isFresh && !isOutdated) return;
  const before = changes;
  isOutdated = false;
  // No reader asks: the page is not counted as read.
  const page = await fetch(language + KEPT_PATH, { headers: { Purpose: 'prefetch' }, cache: 'no-store' });
  const reader = page.headers.get(READER_HEADER);
  if (reader === null || changes !== before) return;
  await meetReader(reader);
  const isIt = page.ok && reader !== NOBODY && new URL(page.url).pathname.endsWith(KEPT_PATH);
  if (isIt) await put(page, { reader, language });
}

async function put(
  page: Response,
  { reader, language }: { reader: string; language: string },
): Promise<void> {
  const html = await page.text();
  const cache = await caches.open(PERSONAL + reader);
  await cache.put(KEPT_PATH, kept(page, { html, language }));
  if (present !== reader) {
    await caches.delete(PERSONAL + reader);
    return;
  }
  await keepAssets(html);
  await dropFormerAssets(html);
}
