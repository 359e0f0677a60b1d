import type { RunningServer, ServerOptions } from '../../functions/server.ts';
import { developmentVisit } from './development-visit.ts';

/** The built site over fixtures, on a free port unless one is given. */
export async function startPages({ port = 0 } = {}): Promise<{ url: string; close: RunningServer['close'] }> {
  const entry: { startServer: (options: ServerOptions) => Promise<RunningServer> } = await import(
    new URL('../../dist/node/server/entry.mjs', import.meta.url).href
  );
  const running = await entry.startServer({
    host: '127.0.0.1',
    port,
    api: { fetch: () => Response.json({ status: 'ok' }) },
    origins: ['http://127.0.0.1', 'http://localhost'],
    openVisit: async (request) => developmentVisit(request),
  });
  return { url: `http://127.0.0.1:${running.port}`, close: running.close };
}

if (import.meta.main) process.stdout.write(`${(await startPages({ port: 4399 })).url}\n`);
