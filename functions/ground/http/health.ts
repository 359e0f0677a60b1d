import { Hono } from 'hono';
import { findSchemaProblem } from '../../../db/schema-problem.ts';
import { AppError } from '../platform/errors.ts';
import type { ApiEnv } from './api.ts';
import { apiHeaders } from './headers.ts';
import { problemResponse } from './problem.ts';

/** `/healthz`: the process is up. `/readyz`: the database answers and is the one this release expects. */
export const healthRoutes = new Hono<ApiEnv>()
  .get('/healthz', (c) => c.json({ status: 'ok' }, 200, apiHeaders))
  .get('/readyz', async (c) => {
    const { openStore, runtime } = c.get('deps');
    const problem = await findSchemaProblem(openStore());
    if (problem === null) return c.json({ status: 'ready' }, 200, apiHeaders);
    runtime.log.error('not ready: {reason}', { reason: problem.reason });
    return problemResponse(new AppError('unavailable', 'The database is not the one this release expects.'));
  });
