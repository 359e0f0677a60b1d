import { setFlagsFromString } from 'node:v8';
import { type Http2Bindings, type HttpBindings, serve } from '@hono/node-server';
import { setGetEnv } from 'astro/env/setup';
import type { Site } from '../src/fetch.ts';
import { buildSite } from '../src/site.ts';
import { styleHash } from '../src/styles/sheet.ts';
import { loadBuiltFiles } from './http/built-files.ts';
import { compressed } from './http/compression.ts';
import { createDrain } from './http/drain.ts';
import { securityHeaders } from './http/headers.ts';
import type { Config } from './platform/config.ts';
import { openNode } from './serve.ts';

export interface ServerOptions {
  host: string;
  port: number;
  /** Makes the site that stands behind the built files. */
  site: (files: { builtPage: (path: string) => Promise<Response | null> }) => Site;
}

export interface RunningServer {
  port: number;
  /** Takes no new requests, lets running ones end, then resolves. */
  close: () => Promise<void>;
}

/** The whole portal as one process; the database is migrated already. Resolves once listening. */
export async function start(config: Config): Promise<RunningServer> {
  keepRequestsYoung();
  const node = openNode(config);
  const connectionOf = (env: unknown) => ({
    platform: 'node' as const,
    socketAddress: isNode(env) ? env.incoming.socket.remoteAddress : undefined,
    trustedProxies: config.trustedProxies,
    ...(isNode(env) ? { httpVersion: env.incoming.httpVersion } : {}),
  });
  const server = await startServer({
    host: config.host,
    port: config.port,
    site: ({ builtPage }) => buildSite(node.deps, { connectionOf, builtPage }),
  });
  return {
    port: server.port,
    close: async () => {
      node.end();
      await server.close();
      await node.close();
    },
  };
}

/**
 * Pages outlive some collections of young garbage, by getters that Astro makes for each. V8 takes that for a reason to
 * make parts of every request old at once, the API's too, which then holds all of it until a full collection: a tenth of
 * the processor's time.
 */
function keepRequestsYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}

/** Serves built files from memory, everything else through a site. Resolves once listening. */
export async function startServer({ host, port, site: makeSite }: ServerOptions): Promise<RunningServer> {
  setGetEnv((key) => process.env[key]);
  const files = await loadBuiltFiles({
    folder: new URL('../client/', import.meta.url),
    headers: securityHeaders({ styleHash }),
  });
  const site = makeSite({ builtPage: async (path) => files.page(path) });
  const drain = createDrain();
  const fetch = async (request: Request, env: HttpBindings | Http2Bindings) => {
    const response =
      files.answer(request) ?? (await compressed(request, await site.fetch(request, env, execution)));
    drain.mark(env.outgoing);
    return response;
  };
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port }, (address) =>
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
