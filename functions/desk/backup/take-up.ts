import { statement } from '../../../db/query.ts';
import { StoreUnavailable } from '../../../db/store.ts';
import type { BackupTools } from '../../ground/platform/backup-tools.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { FilesUnavailable } from '../../ground/platform/file-store.ts';
import type { BackupRow } from './queries.ts';

/** Of a process elsewhere that nothing was heard of for so long: a large file is copied in one go. */
const SILENT_MS_MAX = 30 * 60_000;
/** What might go well later is tried so often, once a minute. */
export const BEGUN_MAX = 15;
/** How often a process says that it is still at it. */
const HEARD_MS = 2000;

export type WorkTable = 'backups' | 'backup_drills';
type Work = Pick<BackupRow, 'id' | 'claimedBy' | 'claimedAt' | 'begun'>;

/** Nobody is at it, or a process that is over was. */
export function isFree({ claimedBy, claimedAt }: Work, { isGone, me }: BackupTools, now: number): boolean {
  if (claimedBy === null) return true;
  return claimedBy !== me && (isGone(claimedBy) || now - (claimedAt ?? 0) > SILENT_MS_MAX);
}

/** Of two processes that want the same work, one gets it. */
export async function claim(
  ctx: Context,
  table: WorkTable,
  { work, me }: { work: Work; me: string },
): Promise<boolean> {
  const [rows] = await ctx.db.write([
    statement(
      `UPDATE ${table} SET claimed_by = ?, claimed_at = ?, begun = begun + 1
       WHERE id = ? AND finished_at IS NULL AND claimed_by IS ? RETURNING id`,
      ...[me, ctx.now(), work.id, work.claimedBy],
    ),
  ]);
  return rows?.length === 1;
}

/** Left to whoever takes it up next. */
export async function release(ctx: Context, table: WorkTable, { id, me }: { id: string; me: string }) {
  await ctx.db.write([
    statement(`UPDATE ${table} SET claimed_by = NULL WHERE id = ? AND claimed_by = ?`, id, me),
  ]);
}

/**
 * Writes down now and then how far the work is.
 * @throws {AppError} `unavailable` once the process is to end, or another one has taken the work
 */
export function openPulse(ctx: Context, table: WorkTable, { id, me }: { id: string; me: string }) {
  const column = table === 'backups' ? 'bytes' : 'accounts';
  let toldAt = 0;
  return async (done: number): Promise<void> => {
    if (ctx.isEnding?.() === true) throw new AppError('unavailable', 'The process was asked to stop.');
    if (performance.now() - toldAt < HEARD_MS) return;
    toldAt = performance.now();
    const [rows] = await ctx.db.write([
      statement(
        `UPDATE ${table} SET ${column} = ?, claimed_at = ? WHERE id = ? AND claimed_by = ? RETURNING id`,
        ...[done, ctx.now(), id, me],
      ),
    ]);
    if (rows?.length !== 1) throw new AppError('unavailable', 'Another process has taken this work.');
  };
}

export type Failure = NonNullable<BackupRow['failure']>;

/** Why nothing came of it; `mayPass` when it may go well later. */
export function failureOf(error: unknown): { failure: Failure; mayPass: boolean } {
  if (error instanceof StoreUnavailable || error instanceof FilesUnavailable) {
    const isFull = ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes(error.code);
    return isFull ? { failure: 'full', mayPass: false } : { failure: 'away', mayPass: true };
  }
  if (!(error instanceof AppError)) return { failure: 'other', mayPass: false };
  switch (error.code) {
    case 'unavailable':
      return { failure: 'busy', mayPass: true };
    case 'not_found':
      return { failure: 'gone', mayPass: false };
    case 'body_too_large':
      return { failure: 'too_large', mayPass: false };
    case 'bad_request':
    case 'validation_failed': {
      const isOther = error.errors.some(({ code }) => code === 'other_release');
      return { failure: isOther ? 'other_release' : 'damaged', mayPass: false };
    }
    default:
      return { failure: 'other', mayPass: false };
  }
}
