import { parse, serialize } from 'hono/utils/cookie';
import { type Config, isLoopback } from '../platform/config.ts';

/** How long the asking browser, or a link that was opened, is remembered: a little longer than a challenge lives. */
const CHALLENGE_SECONDS = 15 * 60;
const WRITER_SECONDS = 24 * 3600;
/** A friend may join long after the code was sent to them. */
const DEVICE_SECONDS = 180 * 24 * 3600;
const DRAFT_SECONDS = 7 * 24 * 3600;
/** As long as browsers keep a cookie at most. */
const KNOWN_SECONDS = 400 * 24 * 3600;

interface Cookies {
  session: string | null;
  browser: string | null;
  link: string | null;
  known: string | null;
  writer: string | null;
  device: string | null;
  draft: string | null;
  next: string | null;
}
type Name = keyof Cookies;
export type CookieName = Name;

type PublicUrl = Pick<Config, 'publicUrl'>;

/** What the cookies of a request say. */
export function readCookies(request: Request, config: PublicUrl): Cookies {
  const sent = parse(request.headers.get('Cookie') ?? '');
  const names = cookieNames(config);
  const read = (name: Name) => sent[names[name]] ?? null;
  return {
    session: read('session'),
    browser: read('browser'),
    link: read('link'),
    known: read('known'),
    writer: read('writer'),
    device: read('device'),
    draft: read('draft'),
    next: read('next'),
  };
}

/** The `Set-Cookie` value that keeps a browser signed in. */
export function sessionCookie(config: PublicUrl, session: { token: string; max_age_s: number }): string {
  return cookie(config, 'session', session.token, session.max_age_s);
}

/** The `Set-Cookie` value that signs a browser out. */
export function clearedSessionCookie(config: PublicUrl): string {
  return cookie(config, 'session', '', 0);
}

/** The `Set-Cookie` value by which the browser that asks for a link is known again; not a sign-in. */
export function browserCookie(config: PublicUrl, token: string): string {
  return cookie(config, 'browser', token, CHALLENGE_SECONDS);
}

/** The `Set-Cookie` value that takes a link's token out of the address; null takes it away. */
export function linkCookie(config: PublicUrl, token: string | null): string {
  return cookie(config, 'link', token ?? '', token === null ? 0 : CHALLENGE_SECONDS);
}

/** The `Set-Cookie` value by which a browser that has signed in is let through when its address is under attack. */
export function knownCookie(config: PublicUrl, token: string): string {
  return cookie(config, 'known', token, KNOWN_SECONDS);
}

/** The `Set-Cookie` value by which a form that is sent twice without a name is known to come from the same browser. */
export function writerCookie(config: PublicUrl, token: string): string {
  return cookie(config, 'writer', token, WRITER_SECONDS);
}

/** The `Set-Cookie` value by which two people who sign in from one browser are seen, where recommending is rewarded. */
export function deviceCookie(config: PublicUrl, token: string): string {
  return cookie(config, 'device', token, DEVICE_SECONDS);
}

/** The `Set-Cookie` value that says that what was typed into a form of the console waits in the database, or no longer. */
export function draftCookie(config: PublicUrl, isKept: boolean): string {
  return cookie(config, 'draft', isKept ? 'kept' : '', isKept ? DRAFT_SECONDS : 0);
}

/** The `Set-Cookie` value that keeps the page to which signing in leads on, for who opens the link in the mail; null forgets it. */
export function nextCookie(config: PublicUrl, path: string | null): string {
  return cookie(config, 'next', path ?? '', path === null ? 0 : CHALLENGE_SECONDS);
}

/** Safari takes no Secure cookie over plain http, and with it no `__Host-` prefix. */
export function cookieNames(config: PublicUrl): Record<Name, string> {
  const prefix = `${isPlain(config) ? '' : '__Host-'}regulars_`;
  return {
    session: `${prefix}session`,
    browser: `${prefix}browser`,
    link: `${prefix}link`,
    known: `${prefix}known`,
    writer: `${prefix}writer`,
    device: `${prefix}device`,
    draft: `${prefix}draft`,
    next: `${prefix}next`,
  };
}

function cookie(config: PublicUrl, name: Name, value: string, maxAge: number): string {
  const options = { path: '/', httpOnly: true, sameSite: 'Lax', maxAge } as const;
  return serialize(cookieNames(config)[name], value, { ...options, secure: !isPlain(config) });
}

function isPlain({ publicUrl }: PublicUrl): boolean {
  const known = plainness.get(publicUrl);
  if (known !== undefined) return known;
  const { protocol, hostname } = new URL(publicUrl);
  const isIt = protocol === 'http:' && isLoopback(hostname);
  plainness.set(publicUrl, isIt);
  return isIt;
}

/** Every request asks, and a process has one address. */
const plainness = new Map<string, boolean>();
