import { routePath } from 'hono/route';
import { z } from 'zod';
import { isHeldBack } from '../../../db/hold-back.ts';
import { StoreUnavailable } from '../../../db/store.ts';
import { AppError, errorCodes } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import type { ApiContext } from './api.ts';
import { apiHeaders } from './headers.ts';

const codes = Object.keys(errorCodes);

/** Problem details of RFC 9457 with the codes of DOMAIN §4. `instance` names the line in the log of an error of ours. */
export const problem = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    code: z.enum(codes),
    detail: z.string(),
    instance: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

type Problem = z.infer<typeof problem>;
type Status = (typeof errorCodes)[keyof typeof errorCodes];

const titles: Record<Status, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** What a caller waits at least when nobody knows better, in seconds. */
const RETRY_AFTER_S = 2;

/** Where an archive is being brought in: it takes half a minute at the least. */
export const HELD_BACK_S = 30;

/** The one place where errors become answers. What is not a refusal is logged whole and answered with an id. */
export function answerError(error: unknown, c: ApiContext): Response {
  if (error instanceof AppError) {
    logRefusal(error, c);
    return problemResponse(error, {});
  }
  if (isHeldBack(error)) {
    return problemResponse(
      new AppError(
        'unavailable',
        'An archive is being brought in. Send the request again in a few minutes.',
        {
          retry_after_s: HELD_BACK_S,
        },
      ),
    );
  }
  if (error instanceof StoreUnavailable) {
    report(error, c, 'warn');
    return problemResponse(
      new AppError('unavailable', 'The database does not answer now. Send the request again.'),
    );
  }
  const instance = `urn:regulars:error:${report(error, c, 'error')}`;
  return problemResponse(new AppError('internal', 'Something went wrong on our side.'), { instance });
}

export function problemResponse(error: AppError, more: { instance?: string } = {}): Response {
  const body: Problem = {
    type: 'about:blank',
    title: titles[error.status],
    status: error.status,
    code: error.code,
    detail: error.message,
    ...more,
    ...(error.errors.length === 0 ? {} : { errors: [...error.errors] }),
  };
  return new Response(JSON.stringify(body), { status: error.status, headers: headersOf(error) });
}

function headersOf({ status, retry_after_s }: AppError): Record<string, string> {
  const headers: Record<string, string> = { ...apiHeaders, 'Content-Type': 'application/problem+json' };
  if (status === 401) headers['WWW-Authenticate'] = 'Bearer';
  if (status === 429 || status === 503)
    headers['Retry-After'] = String(Math.max(1, retry_after_s ?? RETRY_AFTER_S));
  return headers;
}

/** Who was not let in, or came too often, by route and reason; nothing of the asker. */
function logRefusal({ status, code }: AppError, c: ApiContext): void {
  if (status !== 401 && status !== 403 && status !== 429) return;
  const { method } = c.req;
  c.get('deps').runtime.log.warn('Refused {method} {route}: {status} {code}', {
    method,
    route: routePath(c),
    status,
    code,
  });
}

/** Logs the route's pattern, not its address: addresses carry voucher codes and emails. */
function report(error: unknown, c: ApiContext, level: 'warn' | 'error'): string {
  const id = newId();
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  c.get('deps').runtime.log[level]('{method} {route} failed: {message}', {
    id,
    method: c.req.method,
    route: routePath(c),
    name,
    message,
    stack,
  });
  return id;
}
