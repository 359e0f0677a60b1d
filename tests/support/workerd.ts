import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers, freePort, repository, start } from './process.ts';
import type { Portal } from './server.ts';

const built = 'dist/cloudflare/server/wrangler.json';

/** Starts the built Worker in workerd, as the platform would; it is up once `/readyz` answers so. */
export async function startWorker(settings: Record<string, string>, readyAs = 200): Promise<Portal> {
  if (!existsSync(`${repository}${built}`))
    throw new Error('The Worker is not built: npm run build:cloudflare');
  const [port, inspectorPort] = [await freePort(), await freePort()];
  const origin = `http://127.0.0.1:${port}`;
  const variables = Object.entries({ ...settings, PUBLIC_URL: origin });
  const started = performance.now();
  const running = start({
    command: `${repository}node_modules/.bin/wrangler`,
    arguments: [
      ...['dev', '-c', built, '--ip', '127.0.0.1', '--port', String(port)],
      ...['--inspector-port', String(inspectorPort), '--show-interactive-dev-session=false'],
      ...['--persist-to', mkdtempSync(join(tmpdir(), 'regulars-worker-'))],
      ...variables.flatMap(([name, value]) => ['--var', `${name}:${value}`]),
    ],
    env: { CI: '1' },
  });
  await answers(`${origin}/readyz`, running, { timeout_ms: 120_000, readyAs });
  return { origin, running, ready_ms: performance.now() - started };
}
