import type { BodyBudget } from '../functions/ground/http/body-budget.ts';
import { FORM_TOKEN_FIELD } from '../functions/ground/http/form-token.ts';
import { readHeld } from '../functions/ground/http/request-body.ts';
import { anyCode } from '../functions/ground/identity/languages.ts';
import { FILE_BYTES_MAX, FILES_MAX, type SentFile } from '../functions/voice/feedback/file-limits.ts';

const FORM_BYTES_MAX = 64 * 1024;
/** Of the pages whose forms take files. */
const UPLOAD_BYTES_MAX = FILES_MAX * FILE_BYTES_MAX + FORM_BYTES_MAX;
const uploadPage = new RegExp(
  `^${anyCode}(?:(?:/account)?/feedback|/account/orders/[^/]+/[^/]+/return|/console/returns|/console/set-up/shop|/console/managers/profile|/console/campaigns|/console/advice|/console/relationships/margins)(?:/|$)`,
);

/** `token` is what the form carries to prove itself ours, or empty. */
export type WholeForm =
  | { ok: true; request: Request; token: string; release: () => void }
  | { ok: false; status: 400 | 408 | 413 | 415 | 503; problem: string };

const problems = {
  too_large: { status: 413, problem: 'This form is too large.' },
  too_slow: { status: 408, problem: 'This form came too slowly.' },
  no_room: { status: 503, problem: 'Too many files are being sent at this moment. Please try again soon.' },
} as const;

/**
 * The same request with its form read whole: no larger than a form of ours can be, and one that can be read. What it holds
 * counts towards the budget until `release`.
 */
export async function readWholeForm(request: Request, budget: BodyBudget): Promise<WholeForm> {
  const type = request.headers.get('Content-Type') ?? '';
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) {
    return { ok: false, status: 415, problem: 'Send this as a form.' };
  }
  const unread = { ok: false, status: 400, problem: 'This form could not be read.' } as const;
  const bytes_max = isUpload(request) ? UPLOAD_BYTES_MAX : FORM_BYTES_MAX;
  const held = await readHeld(request, { bytes_max, budget }).catch(() => null);
  if (held === null) return unread;
  if (!held.ok) return { ok: false, ...problems[held.reason] };
  const { url, headers } = request;
  try {
    const form = await new Request(url, { method: 'POST', headers, body: held.bytes }).formData();
    const token = form.get(FORM_TOKEN_FIELD);
    return {
      ok: true,
      request: withForm(new Request(url, { method: 'POST', headers }), form),
      token: typeof token === 'string' ? token : '',
      release: held.release,
    };
  } catch {
    held.release();
    return unread;
  }
}

/** A form is read once: its files would lie in memory as often as it is. */
export function withForm(request: Request, form: FormData): Request {
  return Object.defineProperty(request, 'formData', { value: async () => form });
}

/** Whether a request may carry files. */
export function isUpload({ url, headers }: Request): boolean {
  return uploadPage.test(new URL(url).pathname) && /^multipart\//i.test(headers.get('Content-Type') ?? '');
}

/** As {@link readForm}, with the files that were chosen; an empty choice is none. */
export async function readUpload(
  request: Request,
): Promise<{ fields: Map<string, string>; files: SentFile[] }> {
  const fields = new Map<string, string>();
  const files: SentFile[] = [];
  for (const [name, value] of await request.formData()) {
    if (name === FORM_TOKEN_FIELD) continue;
    if (typeof value === 'string') fields.set(name, value.trim());
    else if (value.name !== '' || value.size > 0) {
      files.push({ name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
    }
  }
  return { fields, files };
}

/** The files of a form by their fields, empty choices left out. */
export async function readFilesByField(request: Request): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const [name, value] of await request.formData())
    if (typeof value !== 'string' && value.size > 0)
      files.set(name, new Uint8Array(await value.arrayBuffer()));
  return files;
}

/** The fields of a posted form as trimmed text; files and repeats are ignored. */
export async function readForm(request: Request): Promise<Map<string, string>> {
  const fields = new Map<string, string>();
  for (const [name, value] of await request.formData()) {
    if (typeof value === 'string' && name !== FORM_TOKEN_FIELD) fields.set(name, value.trim());
  }
  return fields;
}

/** After a post, the browser is sent on with GET, so that a reload repeats nothing. */
export function seeOther(location: string, cookies: string[] = []): Response {
  const headers = new Headers({ Location: location, 'Cache-Control': 'no-store' });
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return new Response(null, { status: 303, headers });
}

/**
 * The status of a form that was refused: too often, or with files while nothing keeps them, is told with when to come
 * back; anything else can be mended.
 */
export function markRefused(
  response: { status?: number; headers: Headers },
  { retry_after_s, reason }: { retry_after_s: number | null; reason?: unknown } = { retry_after_s: null },
): void {
  response.status = retry_after_s === null ? 422 : reason === 'files_away' ? 503 : 429;
  if (retry_after_s !== null) response.headers.set('Retry-After', String(Math.max(1, retry_after_s)));
}

const rooms = {
  account: new RegExp(`^${anyCode}/(?:account|advice)(?:/|$)`),
  console: new RegExp(`^${anyCode}/console(?:/|$)`),
};

/** Where to go after signing in: only into the own room, never to another site. */
export function safeNext(
  next: string | null | undefined,
  otherwise: string,
  room: keyof typeof rooms = 'account',
): string {
  const here = 'https://here.invalid';
  if (!next || !URL.canParse(next, here)) return otherwise;
  const { origin, pathname, search } = new URL(next, here);
  return origin === here && rooms[room].test(pathname) ? pathname + search : otherwise;
}

/** A positive whole number of a query, or null. */
export function wholeNumber(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

/** A year of a query that orders can have, or null. */
export function calendarYear(text: string | null): number | null {
  return text !== null && /^(19|20|21)\d\d$/.test(text) ? Number(text) : null;
}

/** The value when it is one of the choices, or null. */
export function oneOf<Choice extends string>(text: string | null, choices: readonly Choice[]): Choice | null {
  return choices.find((choice) => choice === text) ?? null;
}

/** The same query with some fields set, or left out where null. */
export function queryWith(query: URLSearchParams, set: Record<string, string | number | null>): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(set)) {
    if (value === null) next.delete(name);
    else next.set(name, String(value));
  }
  const text = next.toString();
  return text === '' ? '' : `?${text}`;
}
