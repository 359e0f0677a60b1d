import { parse } from 'hono/utils/cookie';
import { DAY_MS } from '../platform/calendar.ts';
import type { Config } from '../platform/config.ts';
import { isSameSecret, signatureOf } from '../platform/ids.ts';
import { cookieNames } from './cookies.ts';

/**
 * What proves a form to be ours where the browser says nothing of where it came from: text browsers send neither Origin
 * nor Sec-Fetch-Site. The token is signed for the reader's cookies, so one that somebody fetched for themselves is worth
 * nothing in another browser. A browser that names the origin is believed or refused by that name alone
 * (`isFromOwnPages`), whatever token it brings.
 */
export const FORM_TOKEN_FIELD = 'form_token';

/** A page that was left open overnight can still be sent. */
const DAYS_VALID = 2;

type FormConfig = Pick<Config, 'publicUrl' | 'secret'>;

/** Whether a request says nothing of where it comes from: only then does a form need its token. */
export function hasNoOrigin(request: Request): boolean {
  return !request.headers.has('Origin') && !request.headers.has('Sec-Fetch-Site');
}

/** A token for the forms of one answer, `day.signature`: for the cookies that the browser has once it has the answer. */
export function formToken(
  request: Request,
  { config, now, answer }: { config: FormConfig; now: number; answer: Response | null },
): string {
  const day = dayOf(now);
  return `${day}.${signatureFor(cookiesOf(request, answer), config, day)}`;
}

/** Whether a form that came with `token` was given to this browser by us, today or the days before. */
export function isFormToken(
  token: string,
  { request, config, now }: { request: Request; config: FormConfig; now: number },
): boolean {
  const [, day] = /^(\d{1,6})\.[\w-]{43}$/.exec(token) ?? [];
  if (day === undefined) return false;
  const age = dayOf(now) - Number(day);
  if (age < 0 || age > DAYS_VALID) return false;
  return isSameSecret(token, `${day}.${signatureFor(cookiesOf(request, null), config, Number(day))}`);
}

const dayOf = (now: number) => Math.floor(now / DAY_MS);

type Cookies = Record<string, string>;

function cookiesOf(request: Request, answer: Response | null): Cookies {
  const set = answer?.headers.getSetCookie().map((line) => parse(line.split(';', 1)[0] ?? '')) ?? [];
  const kept: Cookies = Object.assign({}, parse(request.headers.get('Cookie') ?? ''), ...set);
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== ''));
}

function signatureFor(cookies: Cookies, config: FormConfig, day: number): string {
  return signatureOf(config.secret, `form\n${day}\n${readerOf(cookies, config)}`);
}

/** The cookie that an act would count for: the session, else the browser that asked for a code, else nobody's. */
function readerOf(sent: Cookies, config: FormConfig): string {
  const { session, browser, link } = cookieNames(config);
  return sent[session] ?? `${sent[browser] ?? ''} ${sent[link] ?? ''}`;
}
