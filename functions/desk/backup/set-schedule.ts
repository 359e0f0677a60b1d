import { insertInto } from '../../../db/query.ts';
import { backupSchedules } from '../../../db/schema/index.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowProven, allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { choosePlace } from './places.ts';
import { findSchedule } from './queries.ts';
import type { BackupSchedule, ScheduleInput } from './schedule.ts';

/** What holds until something is decided: nothing is made by itself. */
export const standardSchedule = { every: 'off', weekday: 7, hour: 3, keep: 7 } as const;

const insertSchedule = insertInto(backupSchedules);

/**
 * Decides when backups are made by themselves, in which place, and how many of these stay; the log keeps before and after.
 * @throws {AppError} `forbidden`, `proof_needed`, `validation_failed` for a place that is not set up, `unavailable`
 */
export async function setBackupSchedule(ctx: Context, input: ScheduleInput): Promise<void> {
  allowRole(ctx.actor, ['owner']);
  allowProven(ctx);
  if (input.every !== 'off') choosePlace(ctx, input.place);
  const before = await findSchedule(ctx.db.fresh);
  if (before !== null && isSame(before, input)) return;
  const row: BackupSchedule = { id: newId(), ...input, at: ctx.now(), actor: actorName(ctx.actor) };
  await writeDecision(ctx, {
    rows: [insertSchedule(row)],
    audit: {
      kind: 'backup.schedule-set',
      subjectKind: 'backup',
      subjectId: 'schedule',
      detail: { before: before === null ? 'off' : told(before), value: told(input) },
    },
  });
}

/** In words of the log: `week 7 03:00, 7 kept, folder`. */
function told({ every, weekday, hour, keep, place }: ScheduleInput): string {
  if (every === 'off') return every;
  const days = every === 'week' ? `${every} ${weekday}` : every;
  return `${days} ${String(hour).padStart(2, '0')}:00, ${keep} kept, ${place}`;
}

const isSame = (left: ScheduleInput, right: ScheduleInput) => told(left) === told(right);
