import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that a test can fill up. */
export interface SmallDisk {
  folder: string;
  fill: () => void;
  free: () => void;
  remove: () => void;
}

/** Why no small disk can be had here, null when one can: it takes Linux and the right to mount. */
export const noSmallDisk: string | null = tellWhyNot();

/** @throws {Error} when it cannot be mounted; see {@link noSmallDisk} */
export function mountSmallDisk(size_mib = 24): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-disk-'));
  if (!succeeds('mount', '-t', 'tmpfs', '-o', `size=${size_mib}m`, 'tmpfs', folder))
    throw new Error('no disk could be mounted');
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: () => fillUp(filler),
    free: () => rmSync(filler, { force: true }),
    remove: () => {
      succeeds('umount', '-l', folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function fillUp(path: string): void {
  const file = openSync(path, 'a');
  try {
    for (;;) writeSync(file, Buffer.alloc(4096));
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('ENOSPC')) throw error;
  } finally {
    closeSync(file);
  }
}

function tellWhyNot(): string | null {
  if (process.platform !== 'linux') return 'skipped: a small disk can be mounted on Linux only';
  try {
    mountSmallDisk(1).remove();
    return null;
  } catch {
    return 'skipped: this user may not mount a small disk';
  }
}

/** Why files cannot be kept from being written here, null when they can: chattr +i, as root, on a disk that heeds it. */
export const noReadOnlyFiles: string | null = (() => {
  const path = join(mkdtempSync(join(tmpdir(), 'regulars-immutable-')), 'probe');
  const file = openSync(path, 'w');
  try {
    if (!succeeds('chattr', '+i', path)) return 'skipped: this user may not make a file immutable';
    try {
      writeSync(file, 'x');
      return 'skipped: this disk lets an immutable file be written that was open before';
    } catch {
      return null;
    }
  } finally {
    closeSync(file);
    succeeds('chattr', '-i', path);
    rmSync(path);
  }
})();

/** Makes a database read-only under the process that has it open; not its shared memory, whose pages are no disk's. */
export function setReadOnly(databasePath: string, isReadOnly: boolean): void {
  for (const path of [databasePath, `${databasePath}-wal`])
    if (existsSync(path)) succeeds('chattr', isReadOnly ? '+i' : '-i', path);
}

/** Why a running process cannot be kept from growing files here, null when it can. */
export const noFileLimit: string | null = succeeds('prlimit', '--version')
  ? null
  : 'skipped: there is no prlimit (util-linux)';

/** No file of this process grows beyond its size of now; null lets them grow again. */
export function limitFiles(pid: number, path: string | null): void {
  const limit = path === null ? 'unlimited' : String(statSync(path).size);
  succeeds('prlimit', `--fsize=${limit}:unlimited`, '--pid', String(pid));
}

function succeeds(command: string, ...words: string[]): boolean {
  return spawnSync(command, words, { stdio: 'ignore' }).status === 0;
}
