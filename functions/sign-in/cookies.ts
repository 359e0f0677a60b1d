import { parse, serialize } from 'hono/utils/cookie';
import { type Config, isLoopback } from '../platform/config.ts';

/** How long the asking browser is remembered: a little longer than a challenge lives. */
const BROWSER_SECONDS = 15 * 60;

type PublicUrl = Pick<Config, 'publicUrl'>;

/** What the cookies of a request say. */
export function readCookies(
  request: Request,
  config: PublicUrl,
): { session: string | null; browser: string | null } {
  const sent = parse(request.headers.get('Cookie') ?? '');
  const names = cookieNames(config);
  return { session: sent[names.session] ?? null, browser: sent[names.browser] ?? null };
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
  return cookie(config, 'browser', token, BROWSER_SECONDS);
}

/** Safari takes no Secure cookie over plain http, and with it no `__Host-` prefix. */
export function cookieNames(config: PublicUrl): { session: string; browser: string } {
  const prefix = isPlain(config) ? '' : '__Host-';
  return { session: `${prefix}session`, browser: `${prefix}browser` };
}

function cookie(config: PublicUrl, name: 'session' | 'browser', value: string, maxAge: number): string {
  const options = { path: '/', httpOnly: true, sameSite: 'Lax', maxAge } as const;
  return serialize(cookieNames(config)[name], value, { ...options, secure: !isPlain(config) });
}

function isPlain({ publicUrl }: PublicUrl): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'http:' && isLoopback(hostname);
}
