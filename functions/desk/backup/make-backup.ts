import { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { backups } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { type BackupPlace, backupPlaces } from '../../ground/platform/backup-tools.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { choosePlace, kindHere } from './places.ts';
import { type BackupRow, findSchedule } from './queries.ts';

export const makeBackupInput = z.strictObject({
  place: z
    .enum(backupPlaces)
    .nullable()
    .default(null)
    .meta({ description: 'Where it goes; where the schedule puts them, or the usual place, when left out.' }),
});

export const insertBackup = insertInto(backups);

/**
 * Asks for a backup: it is made beside the requests, from the next moment on, and goes on without whoever asked.
 * @throws {AppError} `forbidden`, `scope_missing`, `backup_under_way` while another is made, `validation_failed` for a place that
 * is not set up, `unavailable` where there is none
 */
export async function makeBackup(
  ctx: Context,
  { place }: { place: BackupPlace | null },
  options: Alongside<BackupRow> = {},
): Promise<BackupRow> {
  allow(ctx.actor, 'backups:write');
  const usual = (await findSchedule(ctx.db.fresh))?.place ?? null;
  const isThere = usual !== null && ctx.backups?.places[usual] !== undefined;
  const row = newBackup(ctx, { place: choosePlace(ctx, place ?? (isThere ? usual : null)), slot: null });
  try {
    await writeDecision(ctx, {
      rows: [insertBackup(row)],
      audit: { kind: 'backup.asked', ...about(row), detail: { place: row.place, form: row.kind } },
      beside: options.alongside?.(row, 201) ?? [],
    });
  } catch (error) {
    if (!isConflictOn(error, 'backups_open')) throw error;
    throw new AppError(
      'backup_under_way',
      'A backup is being made already; the next one can begin after it.',
    );
  }
  return row;
}

/** The row of a backup that nobody has begun. */
export function newBackup(
  ctx: Context,
  { place, slot }: { place: BackupPlace; slot: string | null },
): BackupRow {
  return {
    ...{ id: newId(), kind: kindHere(ctx), place, slot, askedAt: ctx.now(), actor: actorName(ctx.actor) },
    ...{ claimedBy: null, claimedAt: null, begun: 0, finishedAt: null, failure: null },
    ...{ bytes: 0, orders: null, entries: null, totals: null, deletedAt: null },
  };
}

/** What the audit log calls it. */
export const about = ({ id }: { id: string }) => ({ subjectKind: 'backup', subjectId: id });
