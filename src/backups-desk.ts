import { beginDrill } from '../functions/desk/backup/begin-drill.ts';
import { deleteBackup } from '../functions/desk/backup/delete-backup.ts';
import { makeBackup, makeBackupInput } from '../functions/desk/backup/make-backup.ts';
import { scheduleInput } from '../functions/desk/backup/schedule.ts';
import { setBackupSchedule } from '../functions/desk/backup/set-schedule.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { parseInput } from '../functions/ground/platform/parse-input.ts';
import { attempt } from './attempt.ts';
import type { Messages } from './locale.ts';
import { type FormError, fieldErrors } from './words/field-errors.ts';

export const backupsTold = ['asked', 'deleted', 'drilling', 'saved'] as const;

/** What became of a form of the page: what it tells afterwards, or what is wrong; null when it asks first. */
type Acted = { told: (typeof backupsTold)[number] } | { errors: FormError[] } | null;

export async function actOnBackups(ctx: Context, fields: Map<string, string>, t: Messages): Promise<Acted> {
  const id = fields.get('id') ?? '';
  switch (fields.get('do')) {
    case 'make': {
      const place = fields.get('place') || null;
      const reasons = { backup_under_way: t.backups_under_way(), '.place': t.backups_not_there() };
      return tell(
        'asked',
        await attempt(make(ctx, place), { ...reasons, unavailable: t.backups_not_there() }),
      );
    }
    case 'delete':
      if (fields.get('confirmed') !== 'yes') return null;
      return tell(
        'deleted',
        await attempt(deleteBackup(ctx, { id }), {
          backup_under_way: t.backups_busy(),
          not_found: t.backups_gone(),
          unavailable: t.backups_not_there(),
        }),
      );
    case 'drill':
      return tell(
        'drilling',
        await attempt(beginDrill(ctx, { id }), {
          backup_under_way: t.backups_drill_under_way(),
          bad_request: t.backups_drill_other_release(),
          not_found: t.backups_gone(),
          unavailable: t.backups_drill_not_here(),
        }),
      );
    case 'schedule':
      return saveSchedule(ctx, fields, t);
    default:
      return null;
  }
}

const make = async (ctx: Context, place: string | null) =>
  makeBackup(ctx, parseInput(makeBackupInput, { place }));

async function saveSchedule(ctx: Context, fields: Map<string, string>, t: Messages): Promise<Acted> {
  const done = await attempt(setSchedule(ctx, fields), { validation_failed: null });
  if (done.ok) return { told: 'saved' };
  const choice = t.set_rule_choice();
  return {
    errors: fieldErrors(t, done.errors, {
      every: { field: 'every', label: t.backups_every(), rule: choice },
      weekday: { field: 'weekday', label: t.backups_weekday(), rule: choice },
      hour: { field: 'hour', label: t.backups_hour(), rule: choice },
      place: { field: 'schedule-place', label: t.backups_place(), rule: choice },
      keep: { field: 'keep', label: t.backups_keep(), rule: t.form_rule_number({ from: '1', to: '365' }) },
    }),
  };
}

async function setSchedule(ctx: Context, fields: Map<string, string>): Promise<void> {
  const number = (name: string) => {
    const text = fields.get(name) ?? '';
    return /^\d{1,4}$/.test(text) ? Number(text) : text;
  };
  const input = parseInput(scheduleInput, {
    every: fields.get('every'),
    weekday: number('weekday'),
    hour: number('hour'),
    keep: number('keep'),
    place: fields.get('schedule-place'),
  });
  await setBackupSchedule(ctx, input);
}

function tell(
  told: (typeof backupsTold)[number],
  done: { ok: true } | { ok: false; reason: string | undefined },
): Acted {
  return done.ok ? { told } : { errors: [{ field: 'main', text: done.reason ?? '' }] };
}
