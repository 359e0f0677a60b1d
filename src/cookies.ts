/** The two cookies of the site: who is signed in, and that this browser asked for a code. */
const names = { session: 'session', challenge: 'sign-in' } as const;
export type CookieName = keyof typeof names;

const CHALLENGE_SECONDS = 600;

/** `__Host-` needs https; plain http, which only loopback is served over, has no such cookie in Safari. */
const nameOf = (cookie: CookieName, isSecure: boolean) =>
  isSecure ? `__Host-${names[cookie]}` : names[cookie];

export function readCookie(request: Request, cookie: CookieName, isSecure: boolean): string | null {
  const name = `${nameOf(cookie, isSecure)}=`;
  const found = request.headers
    .get('Cookie')
    ?.split('; ')
    .find((pair) => pair.startsWith(name));
  return found ? found.slice(name.length) : null;
}

export function sessionCookie(session: { token: string; maxAgeSeconds: number }, isSecure: boolean): string {
  return write({ cookie: 'session', value: session.token, maxAgeSeconds: session.maxAgeSeconds, isSecure });
}

export function challengeCookie(challenge: string, isSecure: boolean): string {
  return write({ cookie: 'challenge', value: challenge, maxAgeSeconds: CHALLENGE_SECONDS, isSecure });
}

export function noCookie(cookie: CookieName, isSecure: boolean): string {
  return write({ cookie, value: '', maxAgeSeconds: 0, isSecure });
}

function write(set: { cookie: CookieName; value: string; maxAgeSeconds: number; isSecure: boolean }): string {
  const { cookie, value, maxAgeSeconds, isSecure } = set;
  const secure = isSecure ? '; Secure' : '';
  return `${nameOf(cookie, isSecure)}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}
