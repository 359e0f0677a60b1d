import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { migrate } from '../../../../db/migrate.ts';
import { createCaches } from '../../../ground/platform/caches.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import type { FileStore } from '../../../ground/platform/file-store.ts';
import { importEverything } from '../../archive/import-everything.ts';
import { draftOf, removeDraft, sweepDrafts } from '../drafts.ts';
import { assertWhole } from '../restore.ts';
import { type Placed, withDisk, withFile } from './copy-to-place.ts';

/**
 * Restores a backup into a draft in the folder of backups, brings it to this release, and takes it away again; whatever a
 * killed process left there goes before.
 * @throws {AppError} `bad_request`, `validation_failed`, `not_found`, and whatever `onPiece` throws
 */
export async function restoreBeside<Found>(
  ctx: Context,
  { file, folder, bucket }: Placed,
  { look, onPiece }: { look: (restored: Context) => Promise<Found>; onPiece: () => Promise<void> },
): Promise<Found> {
  const path = folder.pathOf(`${file.id}.drill`);
  const source = file.place === 'folder' ? folder : bucket;
  const kept = (await source?.read(file.fileName)) ?? null;
  if (kept === null) throw new AppError('not_found', 'The file of this backup is gone from its place.');
  const pieces = owned(kept, onPiece);
  return withDisk(async () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    sweepDrafts(path);
    const draft = draftOf(path);
    // A place of its own for files that customers sent: nothing of it is looked at.
    const restored = { ...ctx, cache: createCaches(), files: nowhere };
    try {
      if (file.kind === 'copy') {
        await pipeline(pieces, createWriteStream(draft, { mode: 0o600, flags: 'wx' }));
        await assertWhole(draft, 'the backup');
      }
      return await withFile(draft, async (db) => {
        await migrate(db, ctx.now());
        if (file.kind === 'archive') await importEverything({ ...restored, db }, pieces);
        return look({ ...restored, db });
      });
    } finally {
      removeDraft(path);
    }
  });
}

const nowhere: FileStore = {
  put: async () => undefined,
  get: async () => null,
  delete: async () => undefined,
};

async function* owned(
  pieces: AsyncIterable<Uint8Array>,
  onPiece: () => Promise<void>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const piece of pieces) {
    yield new Uint8Array(piece);
    await onPiece();
  }
}
