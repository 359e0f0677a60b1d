/**
 * Signing out without a connection: the server has not heard of it, so it is told before anything else is asked, and whoever comes
 * next meets nobody's session.
 */
export const LEAVING = 'leaving';
const SIGN_OUT_PATH = '/sign-out';

export async function leaveLater(): Promise<void> {
  await caches.open(LEAVING);
}

export const leftAlready = (): Promise<boolean> => caches.delete(LEAVING);

export const isLeaving = (): Promise<boolean> => caches.has(LEAVING);

/** Tells the server. @throws {TypeError} when it was not heard */
export async function leave(): Promise<void> {
  const body = new URLSearchParams({ from: 'offline' });
  const answer = await fetch(SIGN_OUT_PATH, { method: 'POST', body, redirect: 'manual' });
  // Where it leads on cannot be seen; a refusal can.
  if (answer.type !== 'opaqueredirect') throw new TypeError(`Signing out answered ${answer.status}.`);
  await leftAlready();
}
