import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A program that a test started. It never outlives the test process. */
export interface Running {
  /** What it has written so far, to both outputs. */
  output: () => string;
  isRunning: () => boolean;
  pid: number;
  /**
   * Sends a signal to it and all it started, and waits for its end.
   * @throws {Error} when it wrote of an error that nobody caught
   */
  end: (signal: NodeJS.Signals) => Promise<void>;
  /** Resolves once it has ended by itself or by a signal, with its exit code. */
  ended: Promise<number | null>;
}

export interface Program {
  command: string;
  arguments: readonly string[];
  env?: Record<string, string>;
  /** The repository's, unless another is given. */
  folder?: string;
}

/** Starts a program, with nothing of our environment but where programs are. */
export function start({ command, arguments: words, env = {}, folder = repository }: Program): Running {
  const child = spawn(command, words, {
    cwd: folder,
    env: programEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const killGroup = () => signalGroup(child, 'SIGKILL');
  process.once('exit', killGroup);
  void ended.then(() => process.removeListener('exit', killGroup));
  return {
    output: () => output,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    pid: child.pid ?? 0,
    end: async (signal) => {
      signalGroup(child, signal);
      await ended;
      const uncaught = output.split('\n').find((line) => uncaughtError.test(line));
      if (uncaught !== undefined) throw new Error(`${command} left an error uncaught: ${uncaught}`);
    },
    ended,
  };
}

/** What Node, our server and workerd say of an error that nobody caught. */
const uncaughtError = /unhandled ?(promise)? ?rejection|uncaught exception|uncaught \(/i;

/** What a program sees of our environment. */
export function programEnv(own: Record<string, string>): Record<string, string> {
  const { PATH = '', HOME = '/', TMPDIR } = process.env;
  const kept = { PATH: `${repository}node_modules/.bin:${PATH}`, HOME, ...(TMPDIR ? { TMPDIR } : {}) };
  return { ...kept, ASTRO_TELEMETRY_DISABLED: '1', WRANGLER_SEND_METRICS: 'false', ...own };
}

/** From here on, below what systems give to connections that go out, and without a port that browsers refuse. */
const [PORT_FIRST, PORTS] = [11_000, 20_000];

/** A port of 127.0.0.1 that nobody listens on. What is killed on it finds it free again: others are given it by chance alone. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORT_FIRST + Math.floor(Math.random() * PORTS);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

const START_MS_MAX = process.env.SOAK === '1' ? 300_000 : 30_000;

/** Waits until an address answers, with success unless told otherwise. @throws {Error} with what the program said when it does not */
export async function answers(
  url: string,
  program: Running,
  { timeout_ms = START_MS_MAX, readyAs = 200 }: { timeout_ms?: number; readyAs?: number } = {},
): Promise<void> {
  const deadline = performance.now() + timeout_ms;
  while (performance.now() < deadline && program.isRunning()) {
    if (await isAnswering(url, readyAs)) return;
    await pause(20);
  }
  throw new Error(`${url} did not answer within ${timeout_ms} ms:\n${program.output()}`);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function isAnswering(url: string, readyAs: number): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5000) })).status === readyAs;
  } catch {
    return false;
  }
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('ESRCH')) throw error;
  }
}
