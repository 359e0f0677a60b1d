import { isWhole } from '../../functions/desk/backup/is-whole.ts';
import type { Backup } from '../../functions/desk/backup/list-backups.ts';
import type { BackupSchedule } from '../../functions/desk/backup/schedule.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import { dayNames } from '../../functions/ground/platform/business-hours.ts';
import { built } from '../../languages/built.ts';
import type { Messages, Speech } from '../locale.ts';
import { dayWords } from './opening-hours.ts';

type Drill = NonNullable<Backup['drill']>;

/** Days of the week from Monday on, by what a schedule calls them. */
export function weekdayOptions(speech: Speech): { value: string; text: string }[] {
  const days = [...dayNames.slice(1), ...dayNames.slice(0, 1)];
  return days.map((day, index) => ({ value: String(index + 1), text: dayWords(speech, day) }));
}

/** The hours of a day as the language writes them. */
export function hourOptions({ locale }: Speech): { value: string; text: string }[] {
  const format = new Intl.DateTimeFormat(built[locale].region, { timeStyle: 'short', timeZone: 'UTC' });
  return Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    text: format.format(Date.UTC(2024, 0, 1, hour)),
  }));
}

/** When backups are made by themselves, as a sentence. */
export function scheduleWords(speech: Speech, schedule: BackupSchedule): string {
  const { t } = speech;
  if (schedule.every === 'off') return t.backups_schedule_off();
  const wordsOf = (options: { value: string; text: string }[], value: number) =>
    options.find((option) => option.value === String(value))?.text ?? '';
  const [hour, keep] = [wordsOf(hourOptions(speech), schedule.hour), String(schedule.keep)];
  if (schedule.every === 'day') return t.backups_schedule_day({ hour, keep });
  return t.backups_schedule_week({ day: wordsOf(weekdayOptions(speech), schedule.weekday), hour, keep });
}

/** Who brought a backup about. */
export function byWords({ t }: Speech, { by, slot }: Backup): string {
  if (slot !== null) return t.backups_by_schedule();
  return by === null ? t.backups_by_command() : t.backups_by({ who: by });
}

/** What came of trying a backup; null while it is tried. */
export function drillWords(
  { t, locale }: Speech,
  { moment, number }: Formats,
  backup: Backup,
): { text: string; isGood: boolean } | null {
  const { drill } = backup;
  if (drill === null) return { text: t.backups_drill_never(), isGood: true };
  if (drill.finishedAt === null) return null;
  const date = moment({ at: drill.finishedAt, day: null });
  const time = timeText(drill, built[locale].region);
  const words = drillTexts[drill.way](t);
  if (drill.failure !== null)
    return { text: words.failed({ date, time, why: t[`backups_why_${drill.failure}`]() }), isGood: false };
  if (isWhole(drill, backup)) return { text: words.good({ date, time }), isGood: true };
  const count = (value: number | null) => number(value ?? 0);
  const text = words.bad({
    date,
    time,
    differences: count(drill.differences),
    orders: count(drill.orders),
    ordersMade: count(backup.orders),
    entries: count(drill.entries),
    entriesMade: count(backup.entries),
  });
  const files = drill.filesMissing ?? 0;
  return { text: files === 0 ? text : t.backups_drill_files({ text, files: count(files) }), isGood: false };
}

const drillTexts = {
  restored: (t: Messages) => ({
    ...{ good: t.backups_drill_good, bad: t.backups_drill_bad, failed: t.backups_drill_failed },
  }),
  read: (t: Messages) => ({
    ...{
      good: t.backups_drill_read_good,
      bad: t.backups_drill_read_bad,
      failed: t.backups_drill_read_failed,
    },
  }),
};

/** How far a try of a backup is. */
export function drillNowWords({ t }: Speech, { number }: Formats, drill: Drill | null): string {
  const done = number(drill?.accounts ?? 0);
  return drill?.way === 'read'
    ? t.backups_drill_read_now({ rows: done })
    : t.backups_drill_now({ accounts: done });
}

/** Whole seconds, at least one. */
function timeText({ begunAt, finishedAt }: Drill, region: string): string {
  const seconds = Math.max(1, Math.round(((finishedAt ?? 0) - (begunAt ?? 0)) / 1000));
  return new Intl.NumberFormat(region, { style: 'unit', unit: 'second' }).format(seconds);
}
