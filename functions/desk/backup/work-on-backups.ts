import { statement } from '../../../db/query.ts';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listOwners } from '../../people/staff/list-owners.ts';
import { markDeleted } from './delete-backup.ts';
import { about, insertBackup, newBackup } from './make-backup.ts';
import { choosePlace, filesOf, placesOf, toFile } from './places.ts';
import {
  type BackupRow,
  findOpenBackup,
  findOpenDrill,
  findSchedule,
  hasSlot,
  listScheduled,
} from './queries.ts';
import { lastSlot, type Slot } from './schedule.ts';
import { BEGUN_MAX, claim, failureOf, isFree, openPulse, release } from './take-up.ts';
import { workOnDrill } from './work-on-drill.ts';
import { writeBackup } from './write-backup.ts';

/** Makes what waits or is due, and tries what is to be tried, until there is nothing more to do here. */
export async function workOnBackups(ctx: Context): Promise<void> {
  await beginDue(ctx);
  while (ctx.isEnding?.() !== true && (await workOnNextBackup(ctx)));
}

/** Whether a backup is due, or waits for this process: a few reads by key. */
export async function hasBackupWork(ctx: Context): Promise<boolean> {
  const tools = ctx.backups;
  if (tools === undefined) return false;
  const open = [await findOpenBackup(ctx.db.fresh), await findOpenDrill(ctx.db.fresh)];
  if (open.some((work) => work !== null && isFree(work, tools, ctx.now()))) return true;
  return open[0] === null && (await findDue(ctx)) !== null;
}

/**
 * Makes the backup that waits, or tries the one that is to be tried. What a process left half-way, by whatever way it ended,
 * is taken up again from its beginning.
 * @returns whether anything was finished
 */
export async function workOnNextBackup(ctx: Context): Promise<boolean> {
  const { backups: tools } = ctx;
  if (tools === undefined) return false;
  const backup = await findOpenBackup(ctx.db.fresh);
  if (backup !== null && isFree(backup, tools, ctx.now()) && tools.places[backup.place] !== undefined) {
    if (await claim(ctx, 'backups', { work: backup, me: tools.me }))
      return make(ctx, { backup, me: tools.me });
  }
  return workOnDrill(ctx);
}

/** The schedule's next one, begun by one process; one that is under way comes first. */
async function beginDue(ctx: Context): Promise<void> {
  const slot = await findDue(ctx);
  if (slot === null) return;
  const wanted = (await findSchedule(ctx.db.fresh))?.place ?? null;
  const place = choosePlace(ctx, wanted !== null && placesOf(ctx).includes(wanted) ? wanted : null);
  try {
    await writeDecision(ctx, { rows: [insertBackup(newBackup(ctx, { place, slot: slot.name }))] });
  } catch (error) {
    if (!isConflictOn(error, 'backups')) throw error;
  }
}

async function findDue(ctx: Context): Promise<Slot | null> {
  const db = ctx.db.fresh;
  const schedule = await findSchedule(db);
  if (schedule === null || schedule.every === 'off' || placesOf(ctx).length === 0) return null;
  const { timeZone } = await getBusiness({ ...ctx, db });
  const slot = lastSlot(schedule, ctx.now(), timeZone);
  return slot !== null && (await hasSlot(db, { slot: slot.name })) === null ? slot : null;
}

async function make(ctx: Context, { backup, me }: { backup: BackupRow; me: string }): Promise<boolean> {
  const file = toFile(backup);
  try {
    // Of a process that was killed, which leaves its pieces behind.
    if (backup.begun > 0) await filesOf(ctx, file.place).delete(file.fileName);
    const written = await writeBackup(ctx, {
      file,
      pulse: openPulse(ctx, 'backups', { id: backup.id, me }),
    });
    await finish(ctx, { backup, me, ...written, failure: null });
  } catch (error) {
    return giveUp(ctx, { backup, me, error });
  }
  if (backup.slot !== null) await prune(ctx);
  return true;
}

interface Finished extends Pick<BackupRow, 'bytes' | 'orders' | 'entries' | 'totals' | 'failure'> {
  backup: BackupRow;
  me: string;
}

/** Owners hear of what the schedule did not bring about; whoever pressed looks at the page. */
async function finish(
  ctx: Context,
  { backup, me, bytes, orders, entries, totals, failure }: Finished,
): Promise<void> {
  const { id, place, kind, slot } = backup;
  const owners = failure === null || slot === null ? [] : await listOwners(ctx.db.fresh);
  await writeDecision(ctx, {
    rows: [
      statement(
        `UPDATE backups SET bytes = ?, orders = ?, entries = ?, totals = ?, failure = ?,
           finished_at = CASE WHEN claimed_by = ? THEN ? ELSE finished_at END, claimed_by = NULL
         WHERE id = ? AND finished_at IS NULL`,
        ...[bytes, orders, entries, totals, failure, me, ctx.now(), id],
      ),
    ],
    audit:
      failure === null
        ? { kind: 'backup.made', ...about(backup), detail: { place, form: kind, bytes } }
        : { kind: 'backup.failed', ...about(backup), detail: { place, form: kind, failure } },
    letters: owners.map(({ email }) => ({
      template: 'backup_failed',
      params: { failure: failure ?? 'other' },
      address: email,
    })),
  });
}

async function giveUp(
  ctx: Context,
  { backup, me, error }: { backup: BackupRow; me: string; error: unknown },
): Promise<boolean> {
  const { failure, mayPass } = failureOf(error);
  const isEnding = ctx.isEnding?.() === true;
  ctx.log.warn('A backup was not made: {reason}', { id: backup.id, reason: reasonOf(error) });
  if (isEnding || (mayPass && backup.begun + 1 < BEGUN_MAX)) {
    await release(ctx, 'backups', { id: backup.id, me });
    return false;
  }
  const file = toFile(backup);
  await filesOf(ctx, file.place)
    .delete(file.fileName)
    .catch(() => undefined);
  await finish(ctx, { backup, me, bytes: 0, orders: null, entries: null, totals: null, failure });
  return true;
}

/** Of the schedule's own so many stay as it says; what failed before is no longer news. */
async function prune(ctx: Context): Promise<void> {
  const keep = (await findSchedule(ctx.db.fresh))?.keep ?? null;
  if (keep === null) return;
  const all = await listScheduled(ctx.db.fresh);
  const old = all.filter(({ failure }) => failure === null).slice(keep);
  const failed = all.filter(({ failure }) => failure !== null);
  for (const one of [...old, ...failed]) {
    if (one.failure === null && ctx.backups?.places[one.place] === undefined) continue;
    if (one.failure === null) await filesOf(ctx, one.place).delete(toFile(one).fileName);
    await ctx.db.write([markDeleted(one.id, ctx.now())]);
  }
}
