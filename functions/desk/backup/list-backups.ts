import { allow } from '../../ground/platform/allow.ts';
import type { BackupPlace } from '../../ground/platform/backup-tools.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listLastActs } from '../console/last-acts.ts';
import { kindHere, placesOf, wayOfDrill } from './places.ts';
import {
  type BackupRow,
  type DrillRow,
  findNewest,
  findSchedule,
  listLastDrills,
  listRows,
} from './queries.ts';
import { type BackupSchedule, isLate } from './schedule.ts';

const SHOWN = 500;

export interface Backup extends BackupRow {
  /** Who pressed for it: their name or email; null for the schedule, a command or a key. */
  by: string | null;
  /** The last time that it was restored to try it. */
  drill: DrillRow | null;
}

export interface BackupsShown {
  kind: BackupRow['kind'];
  /** Where backups may lie here; none where nothing is set up. */
  places: BackupPlace[];
  /** How a backup is tried here; null where it cannot be. */
  drillWay: DrillRow['way'] | null;
  schedule: BackupSchedule | null;
  /** The newest backup is older than the schedule promises. */
  isLate: boolean;
  newestAt: number | null;
  /** The newest first, with the one that is under way and those of which nothing came. */
  backups: Backup[];
}

/** Every backup there is, and how they are made. @throws {AppError} `forbidden`, `scope_missing` */
export async function listBackups(ctx: Context): Promise<BackupsShown> {
  allow(ctx.actor, 'backups:read');
  const [rows, lateness] = await Promise.all([listRows(ctx.db, { limit: SHOWN }), getLateness(ctx)]);
  const ids = rows.map(({ id }) => id);
  const [drills, acts] = await Promise.all([
    listLastDrills(ctx.db, { ids: JSON.stringify(ids) }),
    listLastActs(ctx.db, { kind: 'backup.asked', subjectKind: 'backup', ids }),
  ]);
  return {
    ...lateness,
    kind: kindHere(ctx),
    places: placesOf(ctx),
    drillWay: wayOfDrill(ctx),
    backups: rows.map((row) => ({
      ...row,
      by: acts.get(row.id)?.by ?? null,
      drill: drills.find(({ backupId }) => backupId === row.id) ?? null,
    })),
  };
}

/** Whether the newest backup is older than the schedule promises. */
async function getLateness(ctx: Context): Promise<Pick<BackupsShown, 'schedule' | 'isLate' | 'newestAt'>> {
  const [schedule, newest] = await Promise.all([findSchedule(ctx.db), findNewest(ctx.db)]);
  const newestAt = newest?.at ?? null;
  if (schedule === null || schedule.every === 'off') return { schedule, isLate: false, newestAt };
  const { timeZone } = await getBusiness(ctx);
  return { schedule, newestAt, isLate: isLate({ schedule, newestAt }, { now: ctx.now(), timeZone }) };
}

/** One, when the schedule's promise is broken and an owner looks: what needs a hand. */
export async function countLate(ctx: Context): Promise<number> {
  if (ctx.actor.kind === 'staff' && ctx.actor.role !== 'owner') return 0;
  return (await getLateness(ctx)).isLate ? 1 : 0;
}
