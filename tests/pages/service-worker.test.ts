import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** The caches of a browser, as far as the service worker uses them. */
class Caches {
  readonly #all = new Map<string, Map<string, Response>>();
  async open(name: string) {
    const entries = this.#all.get(name) ?? new Map<string, Response>();
    this.#all.set(name, entries);
    return {
      match: async (path: string) => entries.get(path)?.clone(),
      put: async (path: string, response: Response) => void entries.set(path, response),
      add: async (path: string) => void entries.set(path, await fetch(path)),
      keys: async () =>
        [...entries.keys()].map((path) => ({ url: new URL(path, 'https://portal.example').href })),
      delete: async (path: string) => entries.delete(path),
    };
  }
  keys = async () => [...this.#all.keys()];
  has = async (name: string) => this.#all.has(name);
  delete = async (name: string) => this.#all.delete(name);
  match = async (path: string, { cacheName }: { cacheName: string }) =>
    this.#all.get(cacheName)?.get(path)?.clone();
}

let kept: typeof import('../../src/service-worker/kept.ts');
let answers: ((response: Response) => void)[] = [];

beforeEach(async () => {
  vi.resetModules();
  vi.useFakeTimers();
  answers = [];
  vi.stubGlobal('caches', new Caches());
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => answers.push(resolve)));
  kept = await import('../../src/service-worker/kept.ts');
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function page(reader: string | null, path = '/account/offline', status = 200): Response {
  const response = new Response(`<p>of ${reader}</p>`, {
    status,
    headers: reader === null ? {} : { 'Regulars-Reader': reader },
  });
  return Object.defineProperty(response, 'url', { value: `https://portal.example${path}` });
}

async function keep(reader: string | null, ...how: [string?, number?]): Promise<void> {
  await whileAsking(() => answers.pop()?.(page(reader, ...how)));
}

/** What happens between the question what to keep and its answer. */
async function whileAsking(happens: () => unknown): Promise<void> {
  const done = kept.keepAnew('');
  await vi.waitUntil(() => answers.length > 0);
  await happens();
  await done;
}

const shown = async () => (await (await kept.keptPage())?.text()) ?? null;

test('keeps the page of whom the server names, and of nobody else', async () => {
  await keep('anna');
  expect(await shown()).toBe('<p>of anna</p>');
  await kept.meet(page(null));
  expect(await shown(), 'an answer that names nobody says nothing').toBe('<p>of anna</p>');
  await kept.meet(page('viktor'));
  expect(await shown()).toBeNull();
});

test.each([
  ['the page for signing in', 'none', '/sign-in', 200],
  ['a refusal', 'anna', '/account/offline', 503],
  ['another page of theirs', 'anna', '/account', 200],
  ['a page of no portal', null, '/account/offline', 200],
])('keeps nothing of %s', async (_, reader, path, status) => {
  await keep(reader, path, status);
  expect(await shown()).toBeNull();
});

test.each<[string, () => Promise<void>]>([
  ['signed out', () => kept.forget()],
  ['made room for another', () => kept.meet(page('viktor'))],
])('does not keep what was on its way for somebody who has %s', async (_, leave) => {
  await kept.meet(page('anna'));
  await whileAsking(async () => {
    await leave();
    answers.pop()?.(page('anna'));
  });
  expect(await shown()).toBeNull();
  expect(await caches.has('kept-anna')).toBe(false);
});

test('does not keep what was asked for before another reader came between', async () => {
  await kept.meet(page('anna'));
  await whileAsking(async () => {
    await kept.meet(page('viktor'));
    await kept.meet(page('anna'));
    answers.pop()?.(page('anna'));
  });
  expect(await shown()).toBeNull();
});

/** What the worker answers to a navigation. */
async function navigate(path: string, how: { method?: string; body?: string } = {}): Promise<Response> {
  const pages = await import('../../src/service-worker/pages.ts');
  const request = new Request(`https://portal.example${path}`, how);
  const event = { request, preloadResponse: Promise.resolve() };
  if (pages.roomOf(path) === 'sign-out') return pages.answerSignOut(request);
  return how.method === 'POST' ? pages.answerForgetting(event) : pages.answerPage(event);
}

const offline = () => vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));

test('a form of another who signs in forgets who was here, also when its answer is lost', async () => {
  await keep('anna');
  offline();
  await navigate('/sign-in/code', { method: 'POST', body: 'code=1' });
  expect(await shown()).toBeNull();
});

test('storage that fails costs nobody a page', async () => {
  const broken = () => Promise.reject(new Error('disk full'));
  vi.stubGlobal('caches', { has: broken, keys: broken, open: broken, match: broken, delete: broken });
  vi.stubGlobal('fetch', async () => page('anna', '/account'));
  expect(await (await navigate('/account')).text()).toBe('<p>of anna</p>');
});

test('signing out everywhere without a connection is told the server so, before anything else is asked', async () => {
  await keep('anna');
  offline();
  const answer = await navigate('/sign-out', { method: 'POST', body: 'everywhere=yes&form_token=t' });
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, 'https://portal.example/offline']);
  const told: string[] = [];
  vi.stubGlobal('fetch', async (asked: string | Request, how?: { body: URLSearchParams }) => {
    told.push(typeof asked === 'string' ? `${asked} ${how?.body}` : new URL(asked.url).pathname);
    return typeof asked === 'string' ? { type: 'opaqueredirect', status: 0 } : page('none', '/sign-in');
  });
  await navigate('/sign-in');
  await navigate('/sign-in');
  expect(told).toEqual(['/sign-out everywhere=yes&from=offline', '/sign-in', '/sign-in']);
});

test('a sign-out that the server could not take waits, one that it refused does not', async () => {
  for (const [status, waits] of [
    [503, true],
    [403, false],
  ] as const) {
    vi.stubGlobal('caches', new Caches());
    vi.stubGlobal('fetch', async () => new Response('', { status }));
    await navigate('/sign-out', { method: 'POST', body: '' });
    expect(await caches.has('leaving')).toBe(waits);
  }
});

test('shows what is kept for 30 days, and asks anew after five minutes or a form', async () => {
  await keep('anna');
  await kept.keepAnew('');
  expect(answers).toEqual([]);
  kept.outdate();
  await keep('anna');
  vi.advanceTimersByTime(5 * 60_000);
  await keep('anna');
  vi.advanceTimersByTime(30 * 24 * 3_600_000 - 1);
  expect(await shown()).not.toBeNull();
  vi.advanceTimersByTime(1);
  expect(await shown()).toBeNull();
});
