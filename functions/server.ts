import type { Server } from 'node:http';
import { type Http2Bindings, type HttpBindings, serve } from '@hono/node-server';
import { setGetEnv } from 'astro/env/setup';
import { createSite, type SiteDeps } from '../src/fetch.ts';
import { styleHash } from '../src/styles/sheet.ts';
import { loadBuiltFiles } from './http/built-files.ts';
import { compressed } from './http/compression.ts';
import { securityHeaders } from './http/headers.ts';

export interface ServerOptions extends Omit<SiteDeps, 'builtPage'> {
  host: string;
  port: number;
}

export interface RunningServer {
  port: number;
  /** Takes no new requests, lets running ones end, then resolves. */
  close: () => Promise<void>;
}

/** The Node entry: built files from memory, everything else through the site. Resolves once listening. */
export async function startServer({ host, port, ...deps }: ServerOptions): Promise<RunningServer> {
  setGetEnv((key) => process.env[key]);
  const files = await loadBuiltFiles({
    folder: new URL('../client/', import.meta.url),
    headers: securityHeaders({ styleHash }),
  });
  const site = createSite({ ...deps, builtPage: async (path) => files.page(path) });
  const fetch = async (request: Request, env: HttpBindings | Http2Bindings) => {
    const file = files.answer(request);
    if (file) return file;
    return compressed(request, await site.fetch(request, env));
  };
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port }, (address) =>
      resolve({ port: address.port, close: () => closed(server) }),
    );
    server.once('error', reject);
  });
}

function closed(server: ReturnType<typeof serve>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if (isHttp(server)) server.closeIdleConnections();
  });
}

const isHttp = (server: ReturnType<typeof serve>): server is Server => 'closeIdleConnections' in server;
