import type { BackupFile } from '../../ground/platform/backup-tools.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { archiveEverything } from '../archive/export-everything.ts';
import { chunksOf } from '../archive/gzip.ts';
import { filesOf } from './places.ts';
import { countBooks } from './queries.ts';

/** A backup as it is kept, with what is in it. */
export interface Written {
  bytes: number;
  orders: number;
  entries: number;
}

type Pulse = (bytes: number) => Promise<void>;

/**
 * Writes a backup to its place, whole or not at all.
 * @throws {AppError} `unavailable` when something was recorded while an archive was written, or the process is to end
 * @throws {FilesUnavailable}
 * @throws {StoreUnavailable}
 */
export async function writeBackup(
  ctx: Context,
  { file, pulse }: { file: BackupFile; pulse: Pulse },
): Promise<Written> {
  if (file.kind === 'archive') return writeArchive(ctx, { file, pulse });
  const copy = ctx.backups?.copy ?? null;
  if (copy === null) throw new AppError('unavailable', 'The file of the database is not within reach here.');
  const { bytes, found } = await copy(ctx, file, { look: forgetOpenWork, onPiece: pulse });
  return { bytes, ...found };
}

/** A copy does not know of itself: where it is restored, nothing waits for a process that is long over. */
async function forgetOpenWork({ db }: Context): Promise<{ orders: number; entries: number }> {
  await db.write([
    { sql: 'DELETE FROM backup_drills WHERE finished_at IS NULL', args: [] },
    { sql: 'DELETE FROM backups WHERE finished_at IS NULL', args: [] },
  ]);
  return countBooksOf(db);
}

async function writeArchive(
  ctx: Context,
  { file, pulse }: { file: BackupFile; pulse: Pulse },
): Promise<Written> {
  const before = await countBooksOf(ctx.db);
  const pieces = chunksOf(await archiveEverything(ctx, { format: 'ndjson' }));
  const { bytes } = await filesOf(ctx, file.place).write(file.fileName, watched(pieces, pulse), {
    bytes_max: Number.MAX_SAFE_INTEGER,
  });
  const after = await countBooksOf(ctx.db);
  if (after.orders !== before.orders || after.entries !== before.entries) {
    await filesOf(ctx, file.place).delete(file.fileName);
    throw new AppError('unavailable', 'Something was recorded while the archive was being written.');
  }
  return { bytes, ...before };
}

/** The same pieces, each told of as it goes by. */
export async function* watched<Piece extends Uint8Array>(
  pieces: AsyncIterable<Piece>,
  pulse: Pulse,
): AsyncGenerator<Piece> {
  let bytes = 0;
  for await (const piece of pieces) {
    yield piece;
    bytes += piece.length;
    await pulse(bytes);
  }
}

export async function countBooksOf(db: Context['db']): Promise<{ orders: number; entries: number }> {
  const books = await countBooks(db.fresh);
  assert(books !== null, 'counting gives a row');
  return books;
}
