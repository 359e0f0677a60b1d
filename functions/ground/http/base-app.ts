import { Hono } from 'hono';
import type { ApiEnv, AppDeps } from './api.ts';
import { healthRoutes } from './health.ts';
import { answerNotFound } from './not-found.ts';
import { answerError } from './problem.ts';

/** An app that knows its surroundings, answers errors and tells its health; the rooms' routes are mounted on it. */
export function createBaseApp(deps: AppDeps): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.use((c, next) => {
    c.set('deps', deps);
    return next();
  });
  app.onError(answerError);
  app.notFound(answerNotFound(app));
  app.route('/', healthRoutes);
  return app;
}
