/** Lets the browser keep what a customer needs without a connection; see `src/service-worker`. */
const WORKER = '/service-worker.js';

void start();

async function start(): Promise<void> {
  // Without https there is none.
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  try {
    await serviceWorker.register(WORKER);
  } catch {
    // A browser may refuse to keep anything: the pages do without.
    return;
  }
  const { active } = await serviceWorker.ready;
  active?.postMessage('freshen');
  addEventListener('online', async () => {
    if (!(await isReached())) return;
    active?.postMessage('freshen');
    if (document.querySelector('[data-kept]') !== null) location.reload();
  });
}

/** A device that has joined some network says that it is online, whether or not anything gets through. */
async function isReached(): Promise<boolean> {
  try {
    return (await fetch(WORKER, { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
