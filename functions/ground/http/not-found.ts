import type { Hono } from 'hono';
import { AppError } from '../platform/errors.ts';
import type { ApiContext, ApiEnv } from './api.ts';
import { problemResponse } from './problem.ts';

/** Answers what no route took: 405 where another method would do, else 404. */
export function answerNotFound(app: Hono<ApiEnv>): (c: ApiContext) => Response {
  let patterns: { method: string; pattern: RegExp }[] | null = null;
  return (c) => {
    patterns ??= patternsOf(app);
    const allowed = patterns.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method);
    if (allowed.length === 0) {
      return problemResponse(new AppError('not_found', 'There is nothing at this address.'));
    }
    const response = problemResponse(
      new AppError('method_not_allowed', `This address takes ${allowed.join(', ')}.`),
    );
    response.headers.set('Allow', allowed.join(', '));
    return response;
  };
}

function patternsOf(app: Hono<ApiEnv>): { method: string; pattern: RegExp }[] {
  return app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => ({
      method,
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:[^/]+/g, '[^/]+')}$`),
    }));
}
