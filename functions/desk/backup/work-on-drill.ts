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
  const at = { drill, backup, me: tools.me, begunAt: ctx.now() };
  try {
    if (backup === null) throw new AppError('not_found', 'The backup is gone.');
    const found = await tryOut(ctx, { ...at, backup, restore: tools.restore });
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

type Found = Pick<DrillRow, 'accounts' | 'differences' | 'orders' | 'entries'>;

async function tryOut(
  ctx: Context,
  {
    drill,
    backup,
    restore,
    me,
  }: Trying & { backup: BackupRow; restore: NonNullable<BackupTools['restore']> },
): Promise<Found> {
  const pulse = openPulse(ctx, 'backup_drills', { id: drill.id, me });
  const look = async (restored: Context): Promise<Found> => {
    const told = { failure: null as unknown };
    const { accounts, differences } = await verify(restored, {
      onProgress: (done) => {
        pulse(done).catch((error: unknown) => {
          told.failure ??= error;
        });
        if (told.failure !== null) throw told.failure;
      },
    });
    return { accounts, differences, ...(await countBooksOf(restored.db)) };
  };
  return restore(ctx, toFile(backup), { look, onPiece: () => pulse(0) });
}

/** Owners hear of a backup that is none. */
async function finish(
  ctx: Context,
  { drill, backup, me, begunAt }: Trying,
  { failure, ...found }: Found & { failure: Failure | null },
): Promise<void> {
  const { accounts, differences, orders, entries } = found;
  const isGood = failure === null && backup !== null && isWhole(found, backup);
  const owners = isGood ? [] : await listOwners(ctx.db.fresh);
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
      detail: failure === null ? { ...found } : { failure },
    },
    letters: owners.map(({ email }) => ({
      template: 'backup_drill_failed',
      params: {
        ...{ madeAt: backup?.askedAt ?? null, failure, differences },
        ...{ orders, ordersMade: backup?.orders ?? null },
        ...{ entries, entriesMade: backup?.entries ?? null },
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
  const nothing = { accounts: 0, differences: null, orders: null, entries: null };
  await finish(ctx, trying, { ...nothing, failure });
  return true;
}
