import { constants, createReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../platform/config.ts';
import { AppError } from '../platform/errors.ts';
import { FilesUnavailable } from '../platform/file-store.ts';
import { assertLargeFileName, type LargeFiles } from '../platform/large-files.ts';
import { folderBeside } from './folder.ts';

/** Files in a folder beside the database file, or in `data` where a server has it; for their owner alone. */
export interface LargeFolder extends LargeFiles {
  folder: string;
  pathOf: (name: string) => string;
}

const FILE_BYTES_MAX = 2 * 1024 ** 3;

export function openLargeFolder(
  { databaseUrl }: Pick<Config, 'databaseUrl'>,
  name: 'imports' | 'backups' = 'imports',
): LargeFolder {
  const folder = folderOf(databaseUrl, name);
  const pathOf = (fileName: string) => {
    assertLargeFileName(fileName);
    return join(folder, fileName);
  };
  const has = async (fileName: string) => {
    try {
      await access(pathOf(fileName), constants.R_OK);
      return true;
    } catch {
      return false;
    }
  };
  return {
    ...{ bytes_max: FILE_BYTES_MAX, archiveBytes_max: FILE_BYTES_MAX },
    folder,
    pathOf,
    has,
    write: async (fileName, chunks, { bytes_max }) => {
      const path = pathOf(fileName);
      const part = `${path}.part`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const bytes = await writeAll(part, chunks, bytes_max);
        await rename(part, path);
        return { bytes };
      } catch (error) {
        await rm(part, { force: true });
        throw isOfDisk(error) ? new FilesUnavailable(error.code) : error;
      }
    },
    read: async (fileName) => ((await has(fileName)) ? createReadStream(pathOf(fileName)) : null),
    delete: async (fileName) => {
      try {
        await rm(pathOf(fileName), { force: true });
        await rm(`${pathOf(fileName)}.part`, { force: true });
      } catch (error) {
        throw isOfDisk(error) ? new FilesUnavailable(error.code) : error;
      }
    },
  };
}

function folderOf(databaseUrl: string, name: 'imports' | 'backups'): string {
  if (!databaseUrl.startsWith('file:')) return join('data', name);
  const path = databaseUrl.slice('file:'.length);
  return folderBeside(path.startsWith('///') ? path.slice(2) : path, name);
}

/** On the disk before anybody is told that it is kept. */
async function writeAll(path: string, chunks: AsyncIterable<Uint8Array>, bytes_max: number): Promise<number> {
  const file = await open(path, 'w', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > bytes_max) throw new AppError('body_too_large', 'The file is too large.');
      await file.write(chunk);
    }
    await file.sync();
    return bytes;
  } finally {
    await file.close();
  }
}

function isOfDisk(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}
