import type {
  ContactChannel,
  ContactDirection,
  ContactMood,
} from '../../functions/care/contacts/channels.ts';
import type { ContactItem } from '../../functions/care/contacts/list-contacts.ts';
import type { TaskItem } from '../../functions/care/contacts/tasks/list-tasks.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Messages } from '../locale.ts';

export const channelWords = (t: Messages, channel: ContactChannel): string =>
  t[`contacts_channel_${channel}`]();

export const directionWords = (t: Messages, direction: ContactDirection): string =>
  t[`contacts_direction_${direction}`]();

export const moodWords = (t: Messages, mood: ContactMood): string => t[`contacts_mood_${mood}`]();

/** How and on whose initiative: `Call · from the customer`, or that nobody took it. */
export function howWords(
  t: Messages,
  { channel, direction, isMissed }: Pick<ContactItem, 'channel' | 'direction' | 'isMissed'>,
): string {
  const who = isMissed
    ? direction === 'in'
      ? t.contacts_is_missed()
      : t.contacts_is_unreached()
    : t[`contacts_from_${direction}`]();
  return `${channelWords(t, channel)} · ${who}`;
}

/** Whom a contact was with, or by what alone they are known. */
export const whomWords = (
  t: Messages,
  { name, number, address }: Pick<ContactItem, 'name' | 'number' | 'address'>,
) => name ?? number ?? address ?? t.contacts_unknown();

export const taskWords = (t: Messages, { kind, what }: Pick<TaskItem, 'kind' | 'what'>): string =>
  kind === 'next_step' ? (what ?? '') : t[`contacts_task_${kind}`]();

/** When a task is due, by the hour where one was promised, or what became of it when; what is overdue has been for less than a year, as good as always. */
export function dueWords(t: Messages, task: TaskItem, { date, day, moment, shortDate }: Formats): string {
  if (task.endedAt !== null) {
    const ended = { date: day(task.endedAt) };
    return task.outcome === 'dropped' ? t.contacts_day_dropped_on(ended) : t.contacts_day_done_on(ended);
  }
  if (task.dueAt !== null) {
    const due = { date: moment({ at: task.dueAt, day: null }) };
    return task.isOverdue ? t.contacts_day_overdue(due) : t.contacts_day_due(due);
  }
  return task.isOverdue
    ? t.contacts_day_overdue({ date: shortDate(task.dueOn) })
    : t.contacts_day_due({ date: date(task.dueOn) });
}

/** How long something took, in minutes begun. */
export const durationWords = (t: Messages, seconds: number, { number }: Formats): string =>
  t.contacts_duration({ n: number(Math.ceil(seconds / 60)) });

/** What of a contact was corrected, by its fields. */
export function changedWords(t: Messages, changed: readonly string[]): string {
  const labels: Record<string, () => string> = {
    ...{ channel: t.contacts_channel, direction: t.contacts_direction, isMissed: t.contacts_missed },
    ...{ at: t.contacts_when, durationS: t.contacts_minutes, staffId: t.contacts_person },
    ...{ summary: t.contacts_summary, mood: t.contacts_mood, satisfaction: t.contacts_satisfaction },
  };
  return changed.map((name) => labels[name]?.() ?? name).join(', ');
}
