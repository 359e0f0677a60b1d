import { getLogger } from '@logtape/logtape';
import type { MiddlewareHandler } from 'hono';
import { siteHeaders } from '../../functions/ground/http/headers.ts';

const headers = Object.entries(siteHeaders);

/** Every answer of a page on its way out: security headers, how its text is written, and a line of the log when it is a refusal. */
export const finishAnswer: MiddlewareHandler = async (c, next) => {
  await next();
  logRefusal(c.req.method, c.res);
  for (const [name, value] of headers) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  if (c.res.headers.get('Content-Type') === 'text/html')
    c.res.headers.set('Content-Type', 'text/html; charset=utf-8');
};

/** Neither address nor asker: both can name somebody. */
function logRefusal(method: string, { status }: Response): void {
  if (status === 401 || status === 403 || status === 429)
    getLogger(['regulars']).warn('Refused {method} of a page: {status}', { method, status });
}
