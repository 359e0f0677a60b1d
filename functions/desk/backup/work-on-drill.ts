import { statement } from '../../../db/query.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { BackupTools } from '../../ground/platform/backup-tools.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { listOwners } from '../../people/staff/list-owners.ts';
import { verify } from '../verify/verify.ts';
import { isWhole } from './is-whole.ts';
import { about } from './make-backup.ts';
import { toFile, wayOfDrill } from './places.ts';
import { type BackupRow, type DrillRow, findBackup, findOpenDrill } from './queries.ts';
import { type ReadBack, readBack } from './read-back.ts';
import { BEGUN_MAX, claim, type Failure, failureOf, isFree, openPulse, release } from './take-up.ts';
import { countBooksOf } from './write-backup.ts';

/** Tries the backup that is to be tried, as it can be tried here; what takes longer than a turn goes on in the next. @returns whether one was finished */
export async function workOnDrill(ctx: Context): Promise<boolean> {
  const { backups: tools } = ctx;
  const drill = await findOpenDrill(ctx.db.fresh);
  if (tools === undefined || drill === null) return false;
  const backup = await findBackup(ctx.db.fresh, { id: drill.backupId });
  if (wayOfDrill(ctx) === null || !isFree(drill, tools, ctx.now())) return false;
  if (!(await claim(ctx, 'backup_drills', { work: drill, me: tools.me }))) return false;
  const at = { drill, backup, me: tools.me, begunAt: drill.begunAt ?? ctx.now() };
  try {
    if (backup === null) throw new AppError('not_found', 'The backup is gone.');
    const found = await tryOut(ctx, { ...at, backup }, tools);
    if (found === null) return false;
    await finish(ctx, at, { ...found, failure: null });
    return true;
  } catch (error) {
    return giveUp(ctx, at, error);
  }
}

/** What is tried, by which process, since when. */
interface Trying {
  drill: DrillRow;
  /** Null when somebody deleted it. */
  backup: BackupRow | null;
  me: string;
  begunAt: number;
}

/** Null when the turn was over before the backup was. */
async function tryOut(
  ctx: Context,
  trying: Trying & { backup: BackupRow },
  { restore }: BackupTools,
): Promise<ReadBack | null> {
  if (restore !== null) return restoreAndVerify(ctx, trying, restore);
  return readBack(ctx, { ...trying, isOver: ctx.turns?.begin('rest') ?? (() => false) });
}

async function restoreAndVerify(
  ctx: Context,
  { drill, backup, me }: Trying & { backup: BackupRow },
  restore: NonNullable<BackupTools['restore']>,
): Promise<ReadBack> {
  const pulse = openPulse(ctx, 'backup_drills', { id: drill.id, me });
  const look = async (restored: Context): Promise<ReadBack> => {
    const told: { failure: unknown } = { failure: null };
    const { accounts, differences } = await verify(restored, {
      onProgress: (done) => {
        pulse(done).catch((error: unknown) => {
          told.failure ??= error;
        });
        if (told.failure !== null) throw told.failure;
      },
    });
    return { accounts, differences, ...(await countBooksOf(restored.db)), filesMissing: null };
  };
  return restore(ctx, toFile(backup), { look, onPiece: () => pulse(0) });
}

/** Owners hear of a backup that is none. */
async function finish(
  ctx: Context,
  { drill, backup, me, begunAt }: Trying,
  { failure, ...found }: ReadBack & { failure: Failure | null },
): Promise<void> {
  const { accounts, differences, orders, entries, filesMissing } = found;
  const isGood = failure === null && backup !== null && isWhole(found, backup);
  const owners = isGood ? [] : await listOwners(ctx.db.fresh);
  await writeDecision(ctx, {
    rows: [
      statement(
        `UPDATE backup_drills SET way = ?, position = NULL, begun_at = ?, accounts = ?, differences = ?, orders = ?, entries = ?,
           files_missing = ?, failure = ?,
           finished_at = CASE WHEN claimed_by = ? THEN ? ELSE finished_at END, claimed_by = NULL
         WHERE id = ? AND finished_at IS NULL`,
        ...[
          wayOfDrill(ctx) ?? 'restored',
          begunAt,
          accounts,
          differences,
          orders,
          entries,
          filesMissing,
          failure,
          me,
          ctx.now(),
          drill.id,
        ],
      ),
    ],
    audit: {
      kind: 'backup.drilled',
      ...about({ id: drill.backupId }),
      detail: failure === null ? { ...found } : { failure },
    },
    letters: owners.map(({ email }) => ({
      template: 'backup_drill_failed',
      params: {
        ...{ madeAt: backup?.askedAt ?? null, failure, differences },
        ...{ orders, ordersMade: backup?.orders ?? null },
        ...{ entries, entriesMade: backup?.entries ?? null },
        filesMissing,
      },
      address: email,
    })),
  });
}

async function giveUp(ctx: Context, trying: Trying, error: unknown): Promise<boolean> {
  const { drill, me } = trying;
  const { failure, mayPass } = failureOf(error);
  ctx.log.warn('A backup could not be tried: {reason}', { id: drill.backupId, reason: reasonOf(error) });
  if (ctx.isEnding?.() === true || (mayPass && drill.begun + 1 < BEGUN_MAX)) {
    await release(ctx, 'backup_drills', { id: drill.id, me });
    return false;
  }
  const nothing = { accounts: 0, differences: null, orders: null, entries: null, filesMissing: null };
  await finish(ctx, trying, { ...nothing, failure });
  return true;
}
