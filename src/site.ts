import { createApp } from '../functions/app.ts';
import type { AppDeps } from '../functions/http/api.ts';
import { createBodyBudget } from '../functions/http/body-budget.ts';
import type { Connection } from '../functions/http/client-address.ts';
import { createProxyWatch } from '../functions/http/proxy-watch.ts';
import { createSite, type Site } from './fetch.ts';
import type { Languages } from './languages.ts';
import { portal } from './portal.config.ts';
import { openVisit } from './visit.ts';

const MIB = 1024 * 1024;
/** What forms on their way may hold in memory at once: a Worker has 128 MiB for everything. */
const NAMED_BYTES_MAX = 60 * MIB;
const UNNAMED_BYTES_MAX = 30 * MIB;

export interface Platform {
  /** How the platform tells where a request came from; `env` is what it hands to `fetch`. */
  connectionOf: (env: unknown) => Connection;
  builtPage: (path: string) => Promise<Response | null>;
}

/** The API and the pages on one set of dependencies: what either platform serves. */
export function buildSite(deps: AppDeps, { connectionOf, builtPage }: Platform): Site {
  const watchProxies = createProxyWatch(deps.runtime.log);
  let lastLanguages: Languages = portal.languages;
  return createSite({
    api: createApp(deps),
    config: deps.runtime.config,
    now: deps.runtime.now,
    builtPage,
    lastLanguages: () => lastLanguages,
    bodies: { named: createBodyBudget(NAMED_BYTES_MAX), unnamed: createBodyBudget(UNNAMED_BYTES_MAX) },
    openVisit: async (request, env, waitUntil) => {
      const connection = connectionOf(env);
      watchProxies(request, connection);
      const visit = await openVisit(deps, { request, connection, waitUntil });
      lastLanguages = visit.languages;
      return visit;
    },
  });
}
