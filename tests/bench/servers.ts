import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Burst, type Measured, measured } from './load.ts';

export interface Running {
  url: string;
  /** Processor time it used so far, in milliseconds; 0 where the system does not tell. */
  cpu_ms: () => number;
  stop: () => Promise<void>;
}

/** Servers on the first core, the loader on the second, where there is a `taskset` to say so. */
function pinned(core: number, command: string[]): [string, string[]] {
  const [first = '', ...rest] = hasTaskset ? ['taskset', '-c', String(core), ...command] : command;
  return [first, rest];
}

const hasTaskset = (() => {
  try {
    execFileSync('taskset', ['-c', '0,1', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Starts a script of this folder that says `ready` once it listens. */
export async function startServer(script: string, port: number, args: string[]): Promise<Running> {
  const [path = '', ...more] = args;
  const [command, rest] = pinned(0, [process.execPath, file(script), path, String(port), ...more]);
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  await saidReady(child, script);
  return {
    url: `http://127.0.0.1:${port}`,
    cpu_ms: () => cpuOf(child.pid),
    stop: () => stopped(child),
  };
}

function cpuOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

export async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exit;
  clearTimeout(timer);
}

async function saidReady(child: ChildProcess, name: string): Promise<void> {
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it listened`)));
  });
  await ready;
}

/** One burst from a process of its own. */
export async function fire(burst: Burst): Promise<Measured> {
  const [command, rest] = pinned(1, [process.execPath, file('load.ts'), JSON.stringify(burst)]);
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the loader ended with ${code}`);
  return measured.parse(JSON.parse(output));
}
