import { expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { dropOldHits } from '../../../functions/insight/hits/drop-old-hits.ts';
import { getHits, getHitsOfDays, listDailyHits } from '../../../functions/insight/hits/get-hits.ts';
import { createHitCounter, type HitCounter } from '../../../functions/insight/hits/hit-counter.ts';
import { isReader } from '../../../functions/insight/hits/is-reader.ts';
import { keepHits } from '../../../functions/insight/hits/keep-hits.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { createTestClock, createTestContext } from '../../support/test-context.ts';

const english = (page: string) => ({ page, language: 'en' });
const whole = { period: 'days', since: '2026-02-01', until: '2026-03-31', language: null };

/** Counts as a request does that is over at once. */
const read = (counter: HitCounter, ctx: Context, page: string) =>
  counter.count(english(page), { ctx, timeZone: 'UTC', waitUntil: () => undefined });

test('many hits are one write, and add to what is kept', async () => {
  const ctx = await createTestContext();
  let writes = 0;
  const db: Store = {
    ...ctx.db,
    write: (statements) => {
      writes += 1;
      return ctx.db.write(statements);
    },
  };
  const counter = createHitCounter({ gather_ms: 60_000 });
  for (const round of [1, 2]) {
    for (let at = 0; at < 1000; at += 1) read(counter, { ...ctx, db }, at % 4 === 0 ? '/account' : '/');
    await counter.end();
    expect(writes).toBe(round);
  }
  expect((await getHits(ctx, whole)).pages).toEqual([
    { page: '/', now: 1500, before: 0 },
    { page: '/account', now: 500, before: 0 },
  ]);
  await counter.end();
  expect(writes).toBe(2);
});

test('a batch is written by itself, while the request that opened it keeps the process awake', async () => {
  const ctx = await createTestContext();
  const counter = createHitCounter({ gather_ms: 10 });
  const awaited: Promise<unknown>[] = [];
  const reading = { ctx, timeZone: 'UTC', waitUntil: (work: Promise<unknown>) => void awaited.push(work) };
  counter.count(english('/'), reading);
  counter.count(english('/'), reading);
  expect(awaited).toHaveLength(1);
  await awaited[0];
  counter.count(english('/'), reading);
  await awaited[1];
  expect((await getHits(ctx, whole)).total.now).toBe(3);
});

test('a batch that cannot be written is lost, and nothing else', async () => {
  const ctx = await createTestContext();
  const db: Store = { ...ctx.db, write: () => Promise.reject(new Error('away')) };
  const counter = createHitCounter({ gather_ms: 60_000 });
  read(counter, { ...ctx, db }, '/');
  await counter.end();
  read(counter, ctx, '/');
  await counter.end();
  expect((await getHits(ctx, whole)).total.now).toBe(1);
});

test('the end of a process waits for what is being written', async () => {
  const ctx = await createTestContext();
  const began = Promise.withResolvers<void>();
  const mayWrite = Promise.withResolvers<void>();
  const db: Store = {
    ...ctx.db,
    write: async (statements) => {
      began.resolve();
      await mayWrite.promise;
      return ctx.db.write(statements);
    },
  };
  const counter = createHitCounter({ gather_ms: 1 });
  read(counter, { ...ctx, db }, '/');
  await began.promise;
  let hasEnded = false;
  const end = counter.end().then(() => {
    hasEnded = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(hasEnded).toBe(false);
  mayWrite.resolve();
  await end;
  expect((await getHits(ctx, whole)).total.now).toBe(1);
});

test('what a request that was broken off gathered is written by a later one, once', async () => {
  const { now, advance } = createTestClock(Date.UTC(2026, 2, 1, 12));
  const ctx = await createTestContext({ now });
  const counter = createHitCounter({ gather_ms: 60_000 });
  const awaited: Promise<unknown>[] = [];
  const reading = { ctx, timeZone: 'UTC', waitUntil: (work: Promise<unknown>) => void awaited.push(work) };
  counter.count(english('/'), reading);
  advance(16_000);
  counter.count(english('/'), reading);
  expect(awaited).toHaveLength(2);
  await counter.end();
  expect((await getHits(ctx, whole)).total.now).toBe(2);
});

test('hits are of the business day of their batch', async () => {
  const { now, advance } = createTestClock(Date.UTC(2026, 2, 1, 23, 30));
  const ctx = await createTestContext({ now });
  const counter = createHitCounter({ gather_ms: 60_000 });
  const reading = { ctx, timeZone: 'Europe/Kyiv', waitUntil: () => undefined };
  counter.count(english('/'), reading);
  await counter.end();
  advance(86_400_000);
  counter.count({ page: '/', language: 'uk' }, reading);
  await counter.end();
  const days = (await listDailyHits(ctx, whole)).map(({ day, language, hits }) => [day, language, hits]);
  expect(days).toEqual([
    ['2026-03-02', 'en', 1],
    ['2026-03-03', 'uk', 1],
  ]);
});

test('a period stands beside the one before, in all languages or in one', async () => {
  const ctx = await createTestContext({ now: () => Date.UTC(2026, 2, 10, 12) });
  const keep = (day: string, hits: [string, number][]) => keepHits(ctx.db, { day, hits: new Map(hits) });
  await keep('2026-02-28', [['en /', 90]]);
  await keep('2026-02-05', [
    ['en /', 4],
    ['uk /club', 1],
  ]);
  await keep('2026-03-02', [
    ['en /', 2],
    ['uk /', 5],
    ['uk /club', 9],
  ]);
  const asked = { period: 'month', since: '', until: '' };
  const all = await getHits(ctx, { ...asked, language: null });
  expect(all.total).toEqual({ now: 16, before: 5 });
  expect(all.pages).toEqual([
    { page: '/club', now: 9, before: 1 },
    { page: '/', now: 7, before: 4 },
  ]);
  expect(all.languages.map(({ language, now }) => [language, now])).toEqual([
    ['uk', 14],
    ['en', 2],
  ]);
  expect(all.parts.now.map(({ hits }) => hits)).toEqual([0, 16, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect((await getHits(ctx, { ...asked, language: 'uk' })).total).toEqual({ now: 14, before: 1 });
});

test.each([
  ['2026-03-11', '2026-03-10', 'since', 'after_until'],
  ['2020-01-01', '', 'since', 'too_long_ago'],
  ['2026-02-30', '', 'since', 'invalid_date'],
  ['', 'yesterday', 'until', 'invalid_date'],
])('a program that asks for no days, from %s to %s, hears so', async (since, until, path, code) => {
  const ctx = await createTestContext({ now: () => Date.UTC(2026, 2, 10, 12) });
  const refused = { code: 'validation_failed', errors: [{ path, code }] };
  await expect(getHitsOfDays(ctx, { since, until, language: null })).rejects.toMatchObject(refused);
});

test('a program that names the last day alone reads from the first of its month', async () => {
  const ctx = await createTestContext({ now: () => Date.UTC(2026, 2, 10, 12) });
  const { period } = await getHitsOfDays(ctx, { since: '', until: '2026-02-14', language: null });
  expect(period).toMatchObject({ name: 'days', since: '2026-02-01', until: '2026-02-14' });
});

test('what is longer ago than the business wants to know is forgotten', async () => {
  const ctx = await createTestContext();
  await setPolicy(ctx, 'hitsMonths', '1');
  for (const day of ['2026-01-31', '2026-02-01'])
    await keepHits(ctx.db, { day, hits: new Map([['en /', 1]]) });
  await dropOldHits(ctx);
  expect(await listDailyHits(ctx, { ...whole, since: '2026-01-01' })).toHaveLength(1);
});

test.each([
  [true, 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  [
    true,
    'Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36',
  ],
  [true, 'w3m/0.5.3+git20230121'],
  [false, 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  [false, 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'],
  [
    false,
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/139.0.0.0 Safari/537.36',
  ],
  [false, 'curl/8.5.0'],
  [false, ''],
])('reads: %s for %s', (isOne, name) => {
  expect(isReader(new Headers({ 'User-Agent': name }))).toBe(isOne);
});

test('a page that a browser fetches before it is asked is not read', () => {
  const headers = { 'User-Agent': 'Mozilla/5.0 Firefox/140.0', 'Sec-Purpose': 'prefetch;prerender' };
  expect(isReader(new Headers(headers))).toBe(false);
});
