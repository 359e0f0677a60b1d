import { getLogger } from '@logtape/logtape';
import { openRemote } from '../db/remote.ts';
import type { Site } from '../src/fetch.ts';
import { buildSite } from '../src/site.ts';
import { openBucket } from './files/bucket.ts';
import type { AppDeps, WaitUntil } from './http/api.ts';
import { runDueJobs } from './jobs/run-jobs.ts';
import { deliverMail } from './mail/deliver-mail.ts';
import { createPollingQueue } from './platform/account-queue.ts';
import { createCaches } from './platform/caches.ts';
import { assertServableOnWorkers } from './platform/check-serving.ts';
import { ConfigError, readConfig } from './platform/config.ts';
import type { Context, Runtime } from './platform/context.ts';
import { configureLog } from './platform/log-lines.ts';
import { reasonOf } from './platform/reason-of.ts';

interface Env {
  ASSETS: { fetch: (url: URL) => Promise<Response> };
}

interface Execution {
  waitUntil: WaitUntil;
}

/** No send starts later behind an answer: the platform ends such work after half a minute. */
const MAIL_BUDGET_MS = 20_000;

const log = getLogger(['regulars']);
configureLog((line) => console.log(line), { isJson: true, level: 'info' });

/** The Worker: what lives as long as the isolate is made by its first request, a store by every request. */
function createWorker() {
  let made: Made | null = null;
  const once = (env: Env) => {
    made ??= make(env);
    return made;
  };
  return {
    fetch: (request: Request, env: Env, execution: Execution) => {
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
    scheduled: async (_event: unknown, env: Env) => {
      await runDueJobs(jobContext(once(env).runtime));
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

function make(env: Env): Made {
  const config = readConfig(textsOf(env));
  const runtime: Runtime = {
    config,
    log,
    now: Date.now,
    queue: createPollingQueue(),
    cache: createCaches(),
    files: config.bucket === null ? null : openBucket(config.bucket),
  };
  const deps: AppDeps = {
    runtime,
    openStore: () => storeOf(runtime),
    wakeMail: (urgency, waitUntil) => {
      if (urgency === 'now') waitUntil(deliverNow(runtime));
    },
  };
  const site = buildSite(deps, {
    connectionOf: () => ({ platform: 'workers' }),
    builtPage: (path) => env.ASSETS.fetch(new URL(path, runtime.config.publicUrl)),
  });
  return { runtime, site };
}

/** What fails here is tried again by the jobs of the next minute. */
async function deliverNow(runtime: Runtime): Promise<void> {
  try {
    await deliverMail(jobContext(runtime), { budget_ms: MAIL_BUDGET_MS });
  } catch (error) {
    runtime.log.warn('Mail was not delivered at once: {reason}', { reason: reasonOf(error) });
  }
}

function jobContext(runtime: Runtime): Context {
  return {
    ...runtime,
    db: storeOf(runtime),
    actor: { kind: 'system', name: 'jobs' },
    wakeMail: () => undefined,
  };
}

const storeOf = ({ config }: Runtime) =>
  openRemote({ url: config.databaseUrl, authToken: config.databaseAuthToken });

function textsOf(env: object): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => typeof value === 'string'));
}

const toContext = (execution: Execution) => ({
  waitUntil: (work: Promise<unknown>) => execution.waitUntil(work),
  passThroughOnException: () => undefined,
  props: {},
});
