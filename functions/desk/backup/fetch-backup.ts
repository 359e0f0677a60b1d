import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowProven, allowRole } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { streamOfBytes } from '../archive/gzip.ts';
import { about } from './make-backup.ts';
import { filesOf, owned, toFile } from './places.ts';
import { type BackupRow, findBackup } from './queries.ts';

/** A backup on its way out. */
export interface FetchedBackup {
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
  bytes: number;
  mediaType: string;
  /** With the moment in UTC at which it was made. */
  fileName: string;
}

/**
 * A backup as a file, streamed. It has everything in it.
 * @throws {AppError} `forbidden`, `proof_needed`, `not_found` also when its file is gone, `unavailable`
 */
export async function fetchBackup(ctx: Context, { id }: { id: string }): Promise<FetchedBackup> {
  allowRole(ctx.actor, ['owner']);
  allowProven(ctx);
  const row = await getBackup(ctx, id);
  const pieces = await filesOf(ctx, row.place).read(toFile(row).fileName);
  if (pieces === null) throw new AppError('not_found', 'The file of this backup is gone from its place.');
  await writeDecision(ctx, { audit: { kind: 'backup.fetched', ...about(row) } });
  const [day = '', time = ''] = new Date(row.finishedAt ?? row.askedAt).toISOString().split('T');
  const stamp = `${day}-${time.slice(0, 8).replaceAll(':', '')}`;
  return {
    body: streamOfBytes(owned(pieces)),
    bytes: row.bytes,
    mediaType: row.kind === 'copy' ? 'application/vnd.sqlite3' : 'application/gzip',
    fileName: `regulars-${stamp}.${row.kind === 'copy' ? 'db' : 'tar.gz'}`,
  };
}

/** One that is there. @throws {AppError} `not_found` */
export async function getBackup(ctx: Pick<Context, 'db'>, id: string): Promise<BackupRow> {
  const row = await findBackup(ctx.db.fresh, { id });
  if (row === null || row.finishedAt === null || row.failure !== null)
    throw new AppError('not_found', 'There is no such backup.');
  return row;
}
