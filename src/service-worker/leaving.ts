/**
 * Signing out without a connection: the server has not heard of it, so it is told before anything else is asked, and whoever comes
 * next meets nobody's session.
 */
export const LEAVING = 'leaving';
const SIGN_OUT_PATH = '/sign-out';

/** Keeps what was asked for: of this device alone, or of all. The token of a form is left out. */
export async function leaveLater(form: string): Promise<void> {
  const fields = new URLSearchParams(form);
  fields.delete('form_token');
  const cache = await caches.open(LEAVING);
  await cache.put(SIGN_OUT_PATH, new Response(fields.toString()));
}

export const leftAlready = (): Promise<boolean> => caches.delete(LEAVING);

export const isLeaving = (): Promise<boolean> => caches.has(LEAVING);

/** Tells the server. @throws {TypeError} when it was not heard */
export async function leave(): Promise<void> {
  const asked = await caches.match(SIGN_OUT_PATH, { cacheName: LEAVING });
  const body = new URLSearchParams((await asked?.text()) ?? '');
  body.set('from', 'offline');
  const answer = await fetch(SIGN_OUT_PATH, { method: 'POST', body, redirect: 'manual' });
  if (!isDone(answer)) throw new TypeError(`Signing out answered ${answer.status}.`);
  await leftAlready();
}

/** Whether an answer says that nobody is signed in any more: where it leads on cannot be seen, a refusal can. */
export const isDone = ({ type }: Response): boolean => type === 'opaqueredirect';
