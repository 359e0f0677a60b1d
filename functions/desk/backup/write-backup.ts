import type { BackupFile } from '../../ground/platform/backup-tools.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { archiveEverything } from '../archive/export-everything.ts';
import { chunksOf } from '../archive/gzip.ts';
import { filesOf } from './places.ts';
import { countBooks } from './queries.ts';
import { countTables } from './totals.ts';

/** A backup as it is kept, with what is in it. */
export interface Written {
  bytes: number;
  orders: number;
  entries: number;
  /** JSON of what the tables of an archive hold; null of a copy. */
  totals: string | null;
}

type Pulse = (bytes: number) => Promise<void>;

/**
 * Writes a backup to its place, whole or not at all.
 * @throws {AppError} `unavailable` while another archive is taken, or once the process is to end
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
  return { bytes, ...found, totals: null };
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
  const { archive, seen } = await archiveEverything(ctx, {
    format: 'ndjson',
    look: async (moment) => ({
      ...(await countBooksOf(moment)),
      totals: JSON.stringify(await countTables(moment, ctx.house)),
    }),
  });
  const { bytes } = await filesOf(ctx, file.place).write(file.fileName, watched(chunksOf(archive), pulse), {
    bytes_max: Number.MAX_SAFE_INTEGER,
  });
  return { bytes, ...seen };
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

export async function countBooksOf(
  books: Pick<Context['db'], 'read'>,
): Promise<{ orders: number; entries: number }> {
  const counted = await countBooks(books);
  assert(counted !== null, 'counting gives a row');
  return counted;
}
