import type * as Entry from '../../functions/server.ts';
import { developmentVisit } from './development-visit.ts';

/** The built site over fixtures, on a free port unless one is given. */
export async function startPages({ port = 0 } = {}): Promise<{ url: string; close: () => Promise<void> }> {
  const entry: typeof Entry = await import(new URL('../../dist/node/server/entry.mjs', import.meta.url).href);
  const running = await entry.startServer({
    host: '127.0.0.1',
    port,
    site: ({ builtPage }) =>
      entry.createSite({
        api: { fetch: () => Response.json({ status: 'ok' }) },
        config: { publicUrl: 'http://localhost:4321', host: '127.0.0.1' },
        openVisit: async (request) => developmentVisit(request),
        builtPage,
      }),
  });
  return { url: `http://127.0.0.1:${running.port}`, close: running.close };
}

if (import.meta.main)
  process.stdout.write(`${(await startPages({ port: Number(process.env.PAGES_PORT ?? 4399) })).url}\n`);
