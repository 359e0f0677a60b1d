import type { Hono } from 'hono';
import type { ApiEnv, AppDeps } from './ground/http/api.ts';
import { createBaseApp } from './ground/http/base-app.ts';
import { documentationRoutes } from './ground/http/documentation.ts';

export type { AppDeps } from './ground/http/api.ts';

/** The API: every room's routes under `/api/v1`, beside `/healthz` and `/readyz` (DOMAIN §4). */
export function createApp(deps: AppDeps): Hono<ApiEnv> {
  const app = createBaseApp(deps);
  const { hooks, routes } = deps.runtime.house;
  for (const each of hooks) app.route('/', each);
  app.route('/api/v1', documentationRoutes(app));
  for (const each of routes) app.route('/api/v1', each);
  return app;
}
