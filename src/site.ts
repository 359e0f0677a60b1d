import { createApp } from '../functions/app.ts';
import { findPicture } from '../functions/care/campaigns/pictures.ts';
import type { AppDeps } from '../functions/ground/http/api.ts';
import { createBodyBudget } from '../functions/ground/http/body-budget.ts';
import type { Connection } from '../functions/ground/http/client-address.ts';
import { createProxyWatch } from '../functions/ground/http/proxy-watch.ts';
import type { HitCounter } from '../functions/insight/hits/hit-counter.ts';
import { getBusiness, lastIdentity } from '../functions/money/business/business.ts';
import { findLogo } from '../functions/money/business/logo/set-logo.ts';
import { findStaffPicture } from '../functions/people/managers/profile/set-picture.ts';
import { faceOf } from './face.ts';
import { createSite, type Site } from './fetch.ts';
import { openVisit } from './visit.ts';

const MIB = 1024 * 1024;
/** What forms on their way may hold in memory at once: a Worker has 128 MiB for everything. */
const NAMED_BYTES_MAX = 60 * MIB;
const UNNAMED_BYTES_MAX = 30 * MIB;

export interface Platform {
  /** How the platform tells where a request came from; `env` is what it hands to `fetch`. */
  connectionOf: (env: unknown) => Connection;
  /** Counts which pages are read, for as long as the process or isolate lives. */
  hits: HitCounter;
}

/** The API and the pages on one set of dependencies: what either platform serves. */
export function buildSite(deps: AppDeps, { connectionOf, hits }: Platform): Site {
  const { runtime, openStore } = deps;
  const watchProxies = createProxyWatch(runtime.log);
  return createSite({
    api: createApp(deps),
    config: runtime.config,
    now: runtime.now,
    face: async () => faceOf(runtime.cache, (await getBusiness({ ...runtime, db: openStore() })).identity),
    lastFace: () => faceOf(runtime.cache, lastIdentity(runtime)),
    findLogo: (name) => findLogo({ db: openStore() }, name),
    findFace: (name) => findStaffPicture({ db: openStore() }, name),
    findPicture: (name) => findPicture({ db: openStore() }, name),
    bodies: { named: createBodyBudget(NAMED_BYTES_MAX), unnamed: createBodyBudget(UNNAMED_BYTES_MAX) },
    openVisit: async (request, env, waitUntil) => {
      const connection = connectionOf(env);
      watchProxies(request, connection);
      return openVisit(deps, { request, connection, waitUntil, hits });
    },
  });
}
