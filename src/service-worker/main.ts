import { answerAsset, isAsset, keepShell, SHELL_CACHE } from './assets.ts';
import { forget, outdate, PERSONAL } from './kept.ts';
import { LEAVING } from './leaving.ts';
import { answerForgetting, answerPage, answerSignOut, freshen, isFile, roomOf } from './pages.ts';

declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', (event) => event.waitUntil(begin()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  const answer = answerFor(event);
  if (answer !== null) event.respondWith(answer);
});
self.addEventListener('message', (event) => {
  const { source } = event;
  if (source instanceof WindowClient) event.waitUntil(freshen(new URL(source.url).pathname));
});

async function begin(): Promise<void> {
  await keepShell('');
  await self.skipWaiting();
}

/** What a former version kept under other names is dropped. */
async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const ours = (name: string) => name === SHELL_CACHE || name === LEAVING || name.startsWith(PERSONAL);
  await Promise.all(names.filter((name) => !ours(name)).map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

/** Null for what the browser does by itself, as if nobody stood in between. */
function answerFor(event: FetchEvent): Promise<Response> | null {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return null;
  if (request.mode !== 'navigate')
    return request.method === 'GET' && isAsset(pathname) ? answerAsset(request) : null;
  const room = roomOf(pathname);
  if (room === 'programs') return null;
  if (room === 'sign-out' && request.method === 'POST') return answerSignOut(request);
  const isForm = request.method !== 'GET';
  if (room === 'account' && isForm) {
    outdate();
    return null;
  }
  // Files that are sent or fetched may take longer than a worker lives.
  if (room === 'console' && (isForm || isFile(pathname))) {
    event.waitUntil(forget());
    return null;
  }
  // Whoever works in the console is another reader on the same device, and a form outside of the account may bring one.
  return room === 'console' || isForm ? answerForgetting(event) : answerPage(event);
}
