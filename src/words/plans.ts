import type { PlanOnDay } from '../../functions/care/plans/get-calendar.ts';
import type { ContactPlan } from '../../functions/care/plans/list-plans.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { FullLimit } from '../../functions/people/preferences/list-full.ts';
import type { Messages } from '../locale.ts';
import { levelWords } from './habits.ts';
import { subjectWords } from './preferences.ts';

interface Words {
  t: Messages;
  formats: Formats;
}

/** Whom a plan means. */
export function planAudience(
  { audience, level }: Pick<ContactPlan, 'audience' | 'level'>,
  t: Messages,
): string {
  const group = t[`plans_for_${audience}`]();
  return level === null ? group : t.plans_of_level({ group, level: levelWords(t, level) });
}

/** By which channel, how often, what for and by whom, as a sentence. */
export function planSentence(
  {
    channel,
    intervalDays,
    purpose,
    staffName,
  }: Pick<ContactPlan, 'channel' | 'intervalDays' | 'purpose' | 'staffName'>,
  { t, formats: { number } }: Words,
): string {
  const otherwise = channel === 'mail' ? t.plans_by_anybody() : t.plans_by_manager();
  return t.plans_sentence({
    channel: t[`plans_channel_${channel}`](),
    every: t.plans_every({ n: intervalDays, shown: number(intervalDays) }),
    purpose: t[`plans_purpose_${purpose}`](),
    by: staffName ?? otherwise,
  });
}

/** How a plan stands today. */
export function planState(
  { due, dueAmong, open, overdue, nextOn }: ContactPlan,
  { t, formats: { number, date } }: Words,
): string {
  const parts = [
    nextOn !== null
      ? t.plans_next({ date: date(nextOn) })
      : due === 0
        ? t.plans_due_none()
        : t.plans_due({ n: due, shown: number(due) }),
    ...(dueAmong === null ? [] : [t.plans_due_among({ accounts: number(dueAmong) })]),
    ...(open === 0 ? [] : [t.plans_open({ n: open, shown: number(open) })]),
    ...(overdue === 0 ? [] : [t.plans_overdue({ shown: number(overdue) })]),
  ];
  return parts.join(' ');
}

/** What a plan comes to on a day, as a line each. */
export function onDayWords(
  { given, done, expected }: PlanOnDay,
  plan: Pick<ContactPlan, 'audience' | 'level' | 'channel'>,
  { t, formats: { number } }: Words,
): string[] {
  const name = `${planAudience(plan, t)}, ${t[`plans_channel_${plan.channel}`]()}`;
  return [
    ...(given === 0 ? [] : [t.plans_day_done({ plan: name, done: number(done), given: number(given) })]),
    ...(expected === 0 ? [] : [t.plans_day_expected({ plan: name, expected: number(expected) })]),
  ];
}

/** Which limit is reached, and who set it. */
export function fullWords(
  { subject, reached, most, isOwn }: FullLimit,
  { t, formats: { number } }: Words,
): string {
  const counted = { reached: number(reached), most: number(most) };
  const limit =
    subject === null
      ? t.plans_full_week(counted)
      : t.plans_full_month({ ...counted, topic: subjectWords(subject, t).title });
  return `${limit} (${isOwn ? t.plans_full_own() : t.plans_full_ours()})`;
}
