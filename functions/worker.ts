import { getLogger } from '@logtape/logtape';
import { openRemote } from '../db/remote.ts';
import type { Store } from '../db/store.ts';
import type { Site } from '../src/fetch.ts';
import { portal } from '../src/portal.config.ts';
import { buildSite } from '../src/site.ts';
import { archiveTools } from './desk/archive/archive-tools.ts';
import { openBucket } from './ground/files/bucket.ts';
import { openBackupBucket, openLargeBucket } from './ground/files/large-bucket.ts';
import type { AppDeps, WaitUntil } from './ground/http/api.ts';
import { runDueJobs } from './ground/jobs/run-jobs.ts';
import { createPollingQueue } from './ground/platform/account-queue.ts';
import { createCaches } from './ground/platform/caches.ts';
import { assertServableOnWorkers } from './ground/platform/check-serving.ts';
import { ConfigError, readConfig } from './ground/platform/config.ts';
import type { Context, Runtime } from './ground/platform/context.ts';
import { newId } from './ground/platform/ids.ts';
import { configureLog } from './ground/platform/log-lines.ts';
import { reasonOf } from './ground/platform/reason-of.ts';
import { openTurns } from './ground/platform/turns.ts';
import { createHitCounter } from './insight/hits/hit-counter.ts';
import { createLookBook } from './people/looks/look-book.ts';
import { deliverMail } from './people/mail/deliver-mail.ts';
import { importJob } from './reach/imports/on-workers/import-job.ts';
import { house } from './rooms.ts';

interface Execution {
  waitUntil: WaitUntil;
}

/** A file is sorted in the memory of an isolate, which has 128 MB: 22 for SQLite, four for each of the file. */
const IMPORT_BYTES_MAX = 12 * 1024 * 1024;

/** An archive is read as it comes, a file of a table at a time; the platform takes requests of 100 MB. */
const ARCHIVE_BYTES_MAX = 95 * 1024 * 1024;

/** What all followers take in one trigger together, of some four requests each. */
const FOLLOWED_STEPS = 60;

/**
 * A trigger may ask others a thousand times at the most: what works for long stops here, with a step that is under way, its
 * file in the bucket and the ends of jobs to come.
 */
const REQUESTS_MAX = 800;

/** No send starts later behind an answer: the platform ends such work after half a minute. */
const MAIL_BUDGET_MS = 20_000;

const log = getLogger(['regulars']);
configureLog((line) => console.log(line), { isJson: true, level: 'info' });

/** The Worker: what lives as long as the isolate is made by its first request, a store by every request. */
function createWorker() {
  let made: Made | null = null;
  const once = (env: object) => {
    made ??= make(env);
    return made;
  };
  return {
    fetch: (request: Request, env: object, execution: Execution) => {
      try {
        const { runtime, site } = once(env);
        assertServableOnWorkers(runtime.config, new URL(request.url).hostname);
        const answer = site.fetch(request, env, toContext(execution));
        // Whoever hangs up would cut off a write half-way through its waiting line, with its place taken.
        if (answer instanceof Promise) execution.waitUntil(answer.catch(() => undefined));
        return answer;
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        return notSetUp(error);
      }
    },
    scheduled: async (_event: unknown, env: object) => {
      const { runtime } = once(env);
      let requests = 0;
      const db = storeOf(runtime, () => {
        requests += 1;
      });
      const turns = openTurns({ now: runtime.now, requestsLeft: () => REQUESTS_MAX - requests });
      await runDueJobs({ ...jobContext(runtime, db), steps: { left: FOLLOWED_STEPS }, turns });
    },
  };
}

export default createWorker();

/** Which setting is wrong is the owner's business: the log names it, the page does not. */
function notSetUp({ message }: ConfigError): Response {
  log.fatal('The portal is not set up. {reason}', { reason: message });
  return new Response('This portal is not set up yet. Its log says what is missing.', {
    status: 503,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      'Retry-After': '60',
    },
  });
}

interface Made {
  runtime: Runtime;
  site: Site;
}

function make(env: object): Made {
  const config = readConfig(textsOf(env));
  const runtime: Runtime = {
    house: { ...house, jobs: [...house.jobs, importJob(archiveTools)] },
    defaults: portal,
    config,
    log,
    now: Date.now,
    queue: createPollingQueue(),
    cache: createCaches(),
    files: config.bucket === null ? null : openBucket(config.bucket),
    looks: createLookBook(),
    largeFiles:
      config.bucket === null
        ? null
        : openLargeBucket(config.bucket, {
            bytes_max: IMPORT_BYTES_MAX,
            archiveBytes_max: ARCHIVE_BYTES_MAX,
          }),
    backups: {
      me: `worker ${newId()}`,
      // An isolate that was ended says nothing: what it was at is free once it was silent for long.
      isGone: () => false,
      places: config.bucket === null ? {} : { bucket: openBackupBucket(config.bucket) },
      ...{ copy: null, restore: null },
    },
  };
  const deps: AppDeps = {
    runtime,
    openStore: () => storeOf(runtime),
    wakeMail: (when, waitUntil) => {
      if (when === 'now') waitUntil(deliverNow(runtime));
    },
  };
  const connectionOf = () => ({ platform: 'workers' as const });
  return { runtime, site: buildSite(deps, { connectionOf, hits: createHitCounter() }) };
}

/** What fails here is tried again by the jobs of the next minute. */
async function deliverNow(runtime: Runtime): Promise<void> {
  try {
    await deliverMail(jobContext(runtime, storeOf(runtime)), { budget_ms: MAIL_BUDGET_MS });
  } catch (error) {
    runtime.log.warn('Mail was not delivered at once: {reason}', { reason: reasonOf(error) });
  }
}

function jobContext(runtime: Runtime, db: Store): Context {
  return {
    ...{ ...runtime, db },
    actor: { kind: 'system', name: 'jobs' },
    wakeMail: () => undefined,
  };
}

const storeOf = ({ config }: Runtime, onRequest?: () => void) =>
  openRemote({ url: config.databaseUrl, authToken: config.databaseAuthToken, onRequest });

function textsOf(env: object): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => typeof value === 'string'));
}

const toContext = (execution: Execution) => ({
  waitUntil: (work: Promise<unknown>) => execution.waitUntil(work),
  passThroughOnException: () => undefined,
  props: {},
});
