import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowProven, allowRole } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { about } from './make-backup.ts';
import { filesOf, toFile } from './places.ts';
import { findBackup, findOpenDrill } from './queries.ts';

/**
 * Deletes a backup with its file, or takes one that failed off the list. What is gone already stays gone.
 * @throws {AppError} `forbidden`, `proof_needed`, `not_found`, `backup_under_way` while it is made or tried, `unavailable`
 */
export async function deleteBackup(ctx: Context, { id }: { id: string }): Promise<void> {
  allowRole(ctx.actor, ['owner']);
  allowProven(ctx);
  const row = await findBackup(ctx.db.fresh, { id });
  if (row === null) throw new AppError('not_found', 'There is no such backup.');
  const drill = await findOpenDrill(ctx.db.fresh);
  if (row.finishedAt === null || drill?.backupId === id)
    throw new AppError('backup_under_way', 'This backup is being made or tried; delete it after that.');
  if (row.failure === null) await filesOf(ctx, row.place).delete(toFile(row).fileName);
  await writeDecision(ctx, {
    rows: [markDeleted(id, ctx.now())],
    audit: { kind: 'backup.deleted', ...about(row), detail: { place: row.place, bytes: row.bytes } },
  });
}

export function markDeleted(id: string, now: number): Statement {
  return statement('UPDATE backups SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL', now, id);
}
