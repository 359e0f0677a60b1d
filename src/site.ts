import { createApp } from '../functions/app.ts';
import type { AppDeps } from '../functions/http/api.ts';
import type { Connection } from '../functions/http/client-address.ts';
import { createSite, type Site } from './fetch.ts';
import { openVisit } from './visit.ts';

export interface Platform {
  /** How the platform tells where a request came from; `env` is what it hands to `fetch`. */
  connectionOf: (env: unknown) => Connection;
  builtPage: (path: string) => Promise<Response | null>;
}

/** The API and the pages on one set of dependencies: what either platform serves. */
export function buildSite(deps: AppDeps, { connectionOf, builtPage }: Platform): Site {
  return createSite({
    api: createApp(deps),
    config: deps.runtime.config,
    now: deps.runtime.now,
    builtPage,
    openVisit: (request, env, waitUntil) =>
      openVisit(deps, { request, connection: connectionOf(env), waitUntil }),
  });
}
