import { cliFile } from './cli.ts';
import { answers, freePort, type Running, start } from './process.ts';

/** The portal as it is served to the world. */
export interface Portal {
  origin: string;
  running: Running;
  /** How long it took from its start until it was ready, in milliseconds. */
  ready_ms: number;
}

/** The settings of every portal of the tests. */
export function portalSettings(databaseUrl: string, resendUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    SECRET: 'a-secret-of-the-tests-32-characters-long',
    MAIL_FROM: 'The shop <shop@example.com>',
    RESEND_API_KEY: 're_test',
    RESEND_BASE_URL: resendUrl,
    DEMO: 'off',
  };
}

/** Starts the built Node server by a command line, as its own process. */
export async function startServer(
  settings: Record<string, string>,
  fixedPort?: number,
  command = cliFile,
): Promise<Portal> {
  const port = fixedPort ?? (await freePort());
  const origin = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const running = start({
    command: process.execPath,
    arguments: [command, 'serve'],
    env: { ...settings, HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: origin },
  });
  await answers(`${origin}/readyz`, running);
  return { origin, running, ready_ms: performance.now() - started };
}
