import { constants } from 'node:fs';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { assertFileName, type FileStore, FilesUnavailable } from '../platform/file-store.ts';

/** Files in a folder beside a database file, readable by its owner alone. */
export function openFolder(databasePath: string): FileStore {
  const folder = folderBeside(databasePath, 'attachments');
  const pathOf = (name: string) => {
    assertFileName(name);
    return join(folder, name);
  };
  return {
    put: async (name, bytes) => {
      const path = pathOf(name);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeWhole(path, bytes);
      } catch (error) {
        throw new FilesUnavailable(codeOf(error));
      }
    },
    get: async (name) => {
      const path = pathOf(name);
      try {
        return new Uint8Array(await readFile(path));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null;
        throw new FilesUnavailable(codeOf(error));
      }
    },
    delete: async (name) => {
      try {
        await rm(pathOf(name), { force: true });
        await rm(partOf(pathOf(name)), { force: true });
      } catch (error) {
        throw new FilesUnavailable(codeOf(error));
      }
    },
  };
}

/** A folder of that name, but for a demo, which lies beside the own shop: `demo.db` has `demo-attachments`. */
export function folderBeside(databasePath: string, folder: 'attachments' | 'imports' | 'backups'): string {
  const name = /^demo(?:-\d{1,6})?(?=\.db$)/.exec(basename(databasePath))?.[0];
  return join(dirname(databasePath), name === undefined ? folder : `${name}-${folder}`);
}

/** On the disk, and whole, before it has its name: a process that is killed leaves no short file. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  if (await isThere(path)) throw Object.assign(new Error('there is such a file'), { code: 'EEXIST' });
  const part = partOf(path);
  try {
    const file = await open(part, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

const partOf = (path: string) => `${path}.part`;

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path, constants.F_OK);
    return true;
  } catch {
    return false;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'IO';
}
