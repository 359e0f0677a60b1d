import type { Reluctant } from '../../functions/desk/console/customers/list-reluctant.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Features } from '../../functions/ground/identity/features.ts';
import type { ChoosableTopic, TopicByChannel } from '../../functions/ground/outbox/topics.ts';
import type { SaidWhen, SubjectWish } from '../../functions/people/preferences/get-preferences.ts';
import type { InPerson } from '../../functions/people/preferences/may-tell.ts';
import type { Verdict } from '../../functions/people/preferences/verdict.ts';
import type { Messages } from '../locale.ts';
import { topicWords } from './mail.ts';

/** What cannot come needs no wish. */
export function mayCome(topic: ChoosableTopic, features: Features): boolean {
  if (topic === 'club') return features.has('club');
  return topic !== 'referral' || features.has('friends');
}

/** What staff say in person is named by how they do. */
export function subjectWords(
  { topic, channel }: TopicByChannel,
  t: Messages,
): { title: string; text: string } {
  if (channel === 'mail') return topicWords(topic, t);
  return { title: t[`prefs_by_${channel}`](), text: t[`prefs_by_${channel}_text`]() };
}

/** The field of a form that one wish is chosen by. */
export const wishField = ({ topic, channel }: TopicByChannel): string => `wish-${topic}-${channel}`;

/** How often within a month may be chosen. */
const monthly = [1, 2, 4] as const;
/** For how many days from now may be chosen. */
export const pauses = { month: 30, season: 90 } as const;

/** How often is offered where it can act, and where it was chosen. */
export function wishChoices(
  { monthMax, pausedUntil, isLimited }: Pick<SubjectWish, 'monthMax' | 'pausedUntil' | 'isLimited'>,
  { t, formats, today }: { t: Messages; formats: Formats; today: string },
): { value: string; text: string }[] {
  const isPaused = pausedUntil !== null && pausedUntil > today;
  const offered: readonly number[] = isLimited ? monthly : [];
  const own = monthMax !== null && !offered.includes(monthMax) ? [monthMax] : [];
  return [
    { value: 'on', text: t.prefs_wish_on() },
    ...[...own, ...offered].map((count) => ({
      value: `at-most-${count}`,
      text: t.prefs_wish_month({ count }),
    })),
    ...(isPaused ? [{ value: 'kept', text: t.prefs_wish_paused({ date: formats.date(pausedUntil) }) }] : []),
    { value: 'month', text: t.prefs_wish_pause_month() },
    { value: 'season', text: t.prefs_wish_pause_season() },
    { value: 'off', text: t.prefs_wish_off() },
  ];
}

/** Which of them holds. */
export function chosenOf({ isOn, monthMax, pausedUntil }: SubjectWish, today: string): string {
  if (!isOn) return 'off';
  if (pausedUntil !== null && pausedUntil > today) return 'kept';
  return monthMax === null ? 'on' : `at-most-${monthMax}`;
}

/** The value of the choice about offers; empty while nothing was said. */
export const offersChoice = (offers: boolean | null): string =>
  offers === null ? '' : offers ? 'yes' : 'no';

/** Since when it is so, and on what basis; null while nobody said anything. */
export function saidWords(
  { said }: { said: SaidWhen | null },
  t: Messages,
  { moment }: Formats,
): string | null {
  if (said === null) return null;
  const date = moment({ at: said.at, day: null });
  const by = sourceWords(said.source, t);
  return said.basis === null
    ? t.prefs_said({ date, by })
    : t.prefs_said_basis({ date, by, basis: said.basis });
}

function sourceWords(source: string, t: Messages): string {
  switch (source) {
    case 'one_click':
    case 'mail':
      return t.prefs_source_mail();
    case 'staff':
      return t.prefs_source_staff();
    case 'api':
    case 'import':
      return t.prefs_source_api();
    case 'merge':
      return t.prefs_source_merge();
    case 'joining':
      return t.prefs_source_joining();
    default:
      return t.prefs_source_settings();
  }
}

/** Whether somebody may be told, as staff read it. */
export function verdictWords(verdict: Verdict, t: Messages, { date }: Formats): string {
  if (verdict.may) return t.prefs_may();
  switch (verdict.because) {
    case 'paused':
      return t.prefs_not_paused({ date: date(verdict.until ?? '') });
    case 'month_full':
      return t.prefs_not_month_full({ count: verdict.most ?? 0 });
    case 'week_full':
      return t.prefs_not_week_full({ count: verdict.most ?? 0 });
    default:
      return t[`prefs_not_${verdict.because}`]();
  }
}

/** Why somebody had better not be called now. */
export function reluctantWords({ name, verdict }: Reluctant, t: Messages, formats: Formats): string {
  const why = verdictWords(verdict, t, formats);
  return t.prefs_call_not({ why: name === null ? why : `${name} · ${why}` });
}

/** By which ways somebody had better not be reached unasked now, and why; empty where they may be by all. */
export function inPersonWarnings(
  verdicts: readonly { channel: InPerson; verdict: Verdict }[],
  t: Messages,
  formats: Formats,
): string[] {
  return verdicts
    .filter(({ verdict }) => !verdict.may)
    .map(({ channel, verdict }) => `${t[`prefs_by_${channel}`]()}: ${verdictWords(verdict, t, formats)}`);
}

/** An address as much of it as its owner needs to know it again. */
export function veiledEmail(email: string | null): string {
  const [local = '', domain = ''] = (email ?? '').split('@');
  return local === '' ? '…' : `${local.slice(0, 1)}…@${domain}`;
}
