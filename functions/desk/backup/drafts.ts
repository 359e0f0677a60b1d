import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const ending = /\.(\d{1,10})\.draft(?:-wal|-shm|-journal)?$/;

/** Where a file is made before it is whole and moved to its place; named after the process, so that others can tell. */
export function draftOf(path: string): string {
  return `${path}.${process.pid}.draft`;
}

export function removeDraft(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${draftOf(path)}${end}`, { force: true });
}

/** Removes what processes left beside `path` that were killed while they made a backup or restored one. */
export function sweepDrafts(path: string): void {
  for (const name of readdirSync(dirname(path))) {
    const [, pid] = ending.exec(basename(name)) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(dirname(path), name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
