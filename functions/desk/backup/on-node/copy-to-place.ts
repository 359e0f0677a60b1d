import {
  closeSync,
  createReadStream,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { openEmbedded } from '../../../../db/embedded.ts';
import type { LargeFolder } from '../../../ground/files/large-folder.ts';
import type { BackupFile } from '../../../ground/platform/backup-tools.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { FilesUnavailable } from '../../../ground/platform/file-store.ts';
import type { LargeFiles } from '../../../ground/platform/large-files.ts';
import { withCopy } from '../back-up.ts';
import { settle } from '../restore.ts';
import { watched } from '../write-backup.ts';

/** A backup and where backups lie. */
export interface Placed {
  file: BackupFile;
  folder: LargeFolder;
  bucket: LargeFiles | undefined;
}

interface Steps<Found> {
  look: (copied: Context) => Promise<Found>;
  onPiece: (bytes: number) => Promise<void>;
}

/**
 * A copy of the live file, made beside its place: moved there once it is whole and on the disk, or sent to the bucket.
 * @throws {FilesUnavailable} with the code of the disk
 */
export async function copyToPlace<Found>(
  ctx: Context,
  { file, folder, bucket }: Placed,
  { look, onPiece }: Steps<Found>,
): Promise<{ bytes: number; found: Found }> {
  const path = folder.pathOf(file.fileName);
  return withDisk(async () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Of a process that was killed before it had told of it.
    rmSync(path, { force: true });
    return withCopy(ctx.db, path, async (draft) => {
      const found = await withFile(draft, (db) => look({ ...ctx, db }));
      await settle(draft);
      const { size: bytes } = statSync(draft);
      if (file.place === 'folder') {
        renameSync(draft, path);
        syncFolder(dirname(path));
      } else if (bucket === undefined) throw new FilesUnavailable('NO_BUCKET');
      else {
        const limit = { bytes_max: Number.MAX_SAFE_INTEGER };
        await bucket.write(file.fileName, watched<Uint8Array>(createReadStream(draft), onPiece), limit);
      }
      return { bytes, found };
    });
  });
}

/** Opens a file of books for some work. */
export async function withFile<Result>(
  path: string,
  work: (db: Context['db']) => Promise<Result>,
): Promise<Result> {
  const db = openEmbedded(path, { pages: 'small' });
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

/** What the disk refuses, in the words of the file store. */
export async function withDisk<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isOfDisk = error instanceof Error && 'syscall' in error && 'code' in error;
    throw isOfDisk ? new FilesUnavailable(String(error.code)) : error;
  }
}

function syncFolder(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
