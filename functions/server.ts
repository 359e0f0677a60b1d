import { setFlagsFromString } from 'node:v8';
import { type Http2Bindings, type HttpBindings, serve } from '@hono/node-server';
import { getLogger } from '@logtape/logtape';
import { setGetEnv } from 'astro/env/setup';
import type { Site } from '../src/fetch.ts';
import { portal } from '../src/portal.config.ts';
import { buildSite } from '../src/site.ts';
import { loadBuiltFiles } from './ground/http/built-files.ts';
import { compressed } from './ground/http/compression.ts';
import { createDrain } from './ground/http/drain.ts';
import { siteHeaders } from './ground/http/headers.ts';
import type { RunningServer } from './ground/http/running-server.ts';
import type { Config } from './ground/platform/config.ts';
import type { OwnShop } from './ground/platform/context.ts';
import { reasonOf } from './ground/platform/reason-of.ts';
import { createRelay, type Relay, type Served } from './relay.ts';
import { openNode } from './serve.ts';

export interface ServerOptions {
  host: string;
  port: number;
  /** Stands behind the built files. */
  site: Site;
}

/** The own shop that is to take the place of a demo. */
export interface Successor {
  config: Config;
  ownerLink: string | null;
  /** Called once the demo's database is closed. */
  takePlace: () => Promise<void>;
}

/**
 * The whole portal as one process; the database is migrated already. With `makeOwnShop` it is a demo, whose place the own
 * shop can take while it runs. Resolves once listening.
 */
export async function start(config: Config, makeOwnShop?: () => Promise<Successor>): Promise<RunningServer> {
  keepRequestsYoung();
  const served = makeOwnShop === undefined ? open(config) : openDemo(config, makeOwnShop);
  const server = await startServer({ host: config.host, port: config.port, site: served.site });
  return {
    port: server.port,
    close: async () => {
      served.end();
      await server.close();
      await served.close();
    },
  };
}

function open(config: Config, ownShop?: OwnShop): Served {
  const node = openNode(config, portal, ownShop);
  const connectionOf = (env: unknown) => ({
    platform: 'node' as const,
    socketAddress: isNode(env) ? env.incoming.socket.remoteAddress : undefined,
    trustedProxies: config.trustedProxies,
    ...(isNode(env) ? { httpVersion: env.incoming.httpVersion } : {}),
  });
  return { site: buildSite(node.deps, { connectionOf, hits: node.hits }), end: node.end, close: node.close };
}

function openDemo(config: Config, makeOwnShop: () => Promise<Successor>): Relay {
  let beginning: Promise<string | null> | null = null;
  const ownShop: OwnShop = {
    begin: () => {
      beginning ??= begin().catch((error: unknown) => {
        beginning = null;
        throw error;
      });
      return beginning;
    },
  };
  const relay = createRelay(open(config, ownShop));
  return relay;

  async function begin(): Promise<string | null> {
    const next = await makeOwnShop();
    relay
      .change(async () => {
        await next.takePlace();
        return open(next.config);
      })
      .catch(giveUp);
    return next.ownerLink;
  }
}

/** The demo is closed and the own shop cannot be opened: the next start says why. */
function giveUp(error: unknown): never {
  getLogger(['regulars']).fatal('The own shop cannot be opened: {reason}', { reason: reasonOf(error) });
  process.exit(1);
}

/**
 * Pages outlive some collections of young garbage, by getters that Astro makes for each. V8 takes that for a reason to
 * make parts of every request old at once, the API's too, which then holds all of it until a full collection: a tenth of
 * the processor's time.
 */
function keepRequestsYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}

/** Two gigabytes over a slow line. Who sends nothing for a while is not waited for: see `request-body.ts`. */
const UPLOAD_MS_MAX = 6 * 60 * 60 * 1000;

/** Serves built files from memory, everything else through a site. Resolves once listening. */
export async function startServer({ host, port, site }: ServerOptions): Promise<RunningServer> {
  setGetEnv((key) => process.env[key]);
  const files = await loadBuiltFiles({
    folder: new URL('../client/', import.meta.url),
    headers: siteHeaders,
  });
  const drain = createDrain();
  const fetch = async (request: Request, env: HttpBindings | Http2Bindings) => {
    const response =
      files.answer(request) ?? (await compressed(request, await site.fetch(request, env, execution)));
    drain.mark(env.outgoing);
    return response;
  };
  return new Promise((resolve, reject) => {
    const serverOptions = { requestTimeout: UPLOAD_MS_MAX };
    const server = serve({ fetch, hostname: host, port, serverOptions }, (address) =>
      resolve({ port: address.port, close: drain.close }),
    );
    drain.watch(server);
    server.once('error', reject);
  });
}

/** Nothing ends here while work is under way. Without it Hono makes an error, with its stack, for every request. */
const execution = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };

const isNode = (env: unknown): env is HttpBindings =>
  typeof env === 'object' && env !== null && 'incoming' in env;
