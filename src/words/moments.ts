import type { MomentMail } from '../../functions/care/moments/list-moment-mails.ts';
import type { MomentCounts, MomentState } from '../../functions/care/moments/list-moments.ts';
import type { SocialSign } from '../../functions/care/moments/social/list-signs.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { MomentName } from '../../functions/ground/settings/moment.ts';
import type { Messages } from '../locale.ts';
import { withheldWords } from './mail.ts';
import type { SettingWords } from './settings.ts';

export const momentTitle = (t: Messages, name: MomentName): string => t[`moments_${name}`]();

/** What it does, in a sentence or two. */
export const momentAbout = (t: Messages, name: MomentName): string => t[`moments_${name}_about`]();

type Word = (t: Messages) => string;

/** By the key of the setting behind `moment.`: what it is called, and what changes with it. */
const settings: Readonly<Record<string, readonly [label: Word, about: Word]>> = {
  'nearly_there.percent': [
    (t) => t.moments_set_nearly_there_percent(),
    (t) => t.moments_set_nearly_there_percent_about(),
  ],
  'ending_soon.first': [
    (t) => t.moments_set_ending_soon_first(),
    (t) => t.moments_set_ending_soon_first_about(),
  ],
  'ending_soon.last': [
    (t) => t.moments_set_ending_soon_last(),
    (t) => t.moments_set_ending_soon_last_about(),
  ],
  'event_soon.hours': [
    (t) => t.moments_set_event_soon_hours(),
    (t) => t.moments_set_event_soon_hours_about(),
  ],
  'query_thanks.days': [
    (t) => t.moments_set_query_thanks_days(),
    (t) => t.moments_set_query_thanks_days_about(),
  ],
  'second_purchase.days': [
    (t) => t.moments_set_second_purchase_days(),
    (t) => t.moments_set_second_purchase_days_about(),
  ],
  'reorder.days': [(t) => t.moments_set_reorder_days(), (t) => t.moments_set_reorder_days_about()],
  'reward_unseen.days': [
    (t) => t.moments_set_reward_unseen_days(),
    (t) => t.moments_set_reward_unseen_days_about(),
  ],
  'referral_ask.days': [
    (t) => t.moments_set_referral_ask_days(),
    (t) => t.moments_set_referral_ask_days_about(),
  ],
  'testimonial_ask.days': [
    (t) => t.moments_set_testimonial_ask_days(),
    (t) => t.moments_set_testimonial_ask_days_about(),
  ],
  'late_parcel.days': [
    (t) => t.moments_set_late_parcel_days(),
    (t) => t.moments_set_late_parcel_days_about(),
  ],
  'lapsed_call.most': [
    (t) => t.moments_set_lapsed_call_most(),
    (t) => t.moments_set_lapsed_call_most_about(),
  ],
  'social_thanks.amount': [
    (t) => t.moments_set_social_thanks_amount(),
    (t) => t.moments_set_social_thanks_amount_about(),
  ],
  'social_thanks.most': [
    (t) => t.moments_set_social_thanks_most(),
    (t) => t.moments_set_social_thanks_most_about(),
  ],
};

/** The words of a setting of a moment; of its switch where the key has no part of its own. */
export function momentSettingWords(t: Messages, key: string): SettingWords {
  const words = settings[key.replace(/^moment\./, '')];
  return words === undefined
    ? { key, label: t.moments_switch(), about: t.moments_switch_about() }
    : { key, label: words[0](t), about: words[1](t) };
}

/** What a moment did in the last 30 days; null for nothing. */
export function countWords(
  counts: MomentCounts,
  { t, formats: { number, money }, currency }: { t: Messages; formats: Formats; currency: string | null },
): string | null {
  const { written, sent, withheld, failed, tasks, tasksDone, givenMinor } = counts;
  const waiting = written - sent - withheld - failed;
  const shown = (n: number) => ({ n, shown: number(n) });
  const parts = [
    ...(sent > 0 ? [t.moments_sent(shown(sent))] : []),
    ...(waiting > 0 ? [t.moments_waiting(shown(waiting))] : []),
    ...(withheld > 0 ? [t.moments_withheld(shown(withheld))] : []),
    ...(failed > 0 ? [t.moments_failed(shown(failed))] : []),
    ...(tasks > 0 ? [t.moments_tasks({ ...shown(tasks), done: number(tasksDone) })] : []),
    ...(givenMinor > 0n && currency !== null
      ? [t.moments_given({ amount: money({ minor: givenMinor, currency }) })]
      : []),
  ];
  return parts.length === 0 ? null : parts.join(' · ');
}

export const purposeWords = (t: Messages, purpose: MomentState['purpose']): string =>
  t[`moments_purpose_${purpose}`]();

/** What became of a mail of a moment. */
export function momentMailState({ state, reason }: MomentMail, t: Messages): string {
  if (state !== 'withheld') return t[`moments_state_${state}`]();
  return reason === 'stopped' || reason === 'premium'
    ? t[`moments_state_${reason}`]()
    : withheldWords(reason, t);
}

/** What was given for a sign, or why nothing was. */
export function signWords(
  { given, isWithdrawn }: SocialSign,
  { t, formats }: { t: Messages; formats: Formats },
): string {
  if (given !== null)
    return t.moments_sign_thanked({ amount: formats.money(given), date: formats.day(given.at) });
  return isWithdrawn ? t.moments_sign_withdrawn() : t.moments_sign_waits();
}
