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
