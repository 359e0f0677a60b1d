import { statement } from '../../../db/query.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { BackupTools } from '../../ground/platform/backup-tools.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { verify } from '../verify/verify.ts';
import { about } from './make-backup.ts';
import { toFile } from './places.ts';
import { type BackupRow, type DrillRow, findBackup, findOpenDrill } from './queries.ts';
import { BEGUN_MAX, claim, type Failure, failureOf, isFree, openPulse, release } from './take-up.ts';
import { countBooksOf } from './write-backup.ts';

/** Tries the backup that is to be tried, where there is a disk for it. @returns whether one was finished */
export async function workOnDrill(ctx: Context): Promise<boolean> {
  const { backups: tools } = ctx;
  const drill = await findOpenDrill(ctx.db.fresh);
  if (tools === undefined || drill === null) return false;
  const backup = await findBackup(ctx.db.fresh, { id: drill.backupId });
  if (tools.restore === null || !isFree(drill, tools, ctx.now())) return false;
  if (!(await claim(ctx, 'backup_drills', { work: drill, me: tools.me }))) return false;
  try {
    if (backup === null) throw new AppError('not_found', 'The backup is gone.');
    const found = await tryOut(ctx, { drill, backup, restore: tools.restore, me: tools.me });
    await finish(ctx, { drill, me: tools.me, ...found, failure: null });
    return true;
  } catch (error) {
    return giveUp(ctx, { drill, me: tools.me, error });
  }
}

interface Found {
  begunAt: number;
  accounts: number;
  differences: number;
  orders: number;
  entries: number;
}

async function tryOut(
  ctx: Context,
  {
    drill,
    backup,
    restore,
    me,
  }: { drill: DrillRow; backup: BackupRow; restore: NonNullable<BackupTools['restore']>; me: string },
): Promise<Found> {
  const begunAt = ctx.now();
  const pulse = openPulse(ctx, 'backup_drills', { id: drill.id, me });
  return restore(ctx, toFile(backup), async (restored) => {
    const told = { failure: null as unknown, accounts: 0 };
    const { accounts, differences } = await verify(restored, {
      onProgress: (done) => {
        pulse(done).catch((error: unknown) => {
          told.failure ??= error;
        });
        if (told.failure !== null) throw told.failure;
      },
    });
    return { begunAt, accounts, differences, ...(await countBooksOf(restored.db)) };
  });
}

async function finish(
  ctx: Context,
  { drill, me, failure, ...found }: { drill: DrillRow; me: string; failure: Failure | null } & Partial<Found>,
): Promise<void> {
  const { begunAt = null, accounts = 0, differences = null, orders = null, entries = null } = found;
  await writeDecision(ctx, {
    rows: [
      statement(
        `UPDATE backup_drills SET begun_at = ?, accounts = ?, differences = ?, orders = ?, entries = ?, failure = ?,
           finished_at = CASE WHEN claimed_by = ? THEN ? ELSE finished_at END, claimed_by = NULL
         WHERE id = ? AND finished_at IS NULL`,
        ...[begunAt, accounts, differences, orders, entries, failure, me, ctx.now(), drill.id],
      ),
    ],
    audit: {
      kind: 'backup.drilled',
      ...about({ id: drill.backupId }),
      detail: failure === null ? { accounts, differences, orders, entries } : { failure },
    },
  });
}

async function giveUp(
  ctx: Context,
  { drill, me, error }: { drill: DrillRow; me: string; error: unknown },
): Promise<boolean> {
  const { failure, mayPass } = failureOf(error);
  ctx.log.warn('A backup could not be tried: {reason}', { id: drill.backupId, reason: reasonOf(error) });
  if (ctx.isEnding?.() === true || (mayPass && drill.begun + 1 < BEGUN_MAX)) {
    await release(ctx, 'backup_drills', { id: drill.id, me });
    return false;
  }
  await finish(ctx, { drill, me, failure });
  return true;
}
