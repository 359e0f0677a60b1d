import type { ReferralReason, ReferralState } from '../../functions/circle/referrals/state.ts';
import type { CameBy, FriendView, PromiseView, StepView } from '../../functions/circle/referrals/types.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Messages } from '../locale.ts';
import type { Tone } from './status.ts';

const tones: Record<ReferralState, Tone> = {
  invited: 'waiting',
  joined: 'waiting',
  ordered: 'moving',
  held: 'warn',
  rewarded: 'good',
  declined: 'bad',
  returned: 'bad',
};

export const referralTone = (state: ReferralState): Tone => tones[state];

export function referralStateWords(t: Messages, state: ReferralState): string {
  return t[`referral_state_${state}`]();
}

/** A reason as staff read it. */
export function reasonWords(t: Messages, reason: ReferralReason): string {
  return t[`referral_reason_${reason}`]();
}

/** A reason as who recommended reads it. */
export function ownReasonWords(t: Messages, reason: ReferralReason): string {
  return t[`referral_yours_${reason}`]();
}

/** Where a referral stands, in a sentence to who recommended; null where the reason is said instead. */
export function friendSentence({ state, own }: FriendView, t: Messages, { money }: Formats): string | null {
  if (state === 'rewarded') return t.referral_text_rewarded({ amount: money(own) });
  return state === 'declined' ? null : t[`referral_text_${state}`]();
}

/** The same to who was recommended. */
export function cameBySentence({ state, friend, minimum }: CameBy, t: Messages, { money }: Formats): string {
  const amount = money(friend);
  switch (state) {
    case 'held':
      return t.referral_came_held();
    case 'rewarded':
      return t.referral_came_paid({ amount });
    case 'declined':
      return t.referral_came_declined();
    case 'returned':
      return t.referral_came_returned();
    default:
      return minimum === null
        ? t.referral_came_waits_any({ amount })
        : t.referral_came_waits({ amount, minimum: money(minimum) });
  }
}

/** The steps from passing the code on to the reward. */
export function howWords(
  { own, friend, minimum, waitingDays }: PromiseView,
  t: Messages,
  { money }: Formats,
) {
  const rewards = { own: money(own), friend: money(friend) };
  return [
    { title: t.referral_how_1(), text: t.referral_how_1_text() },
    {
      title: t.referral_how_2(),
      text: minimum === null ? t.referral_how_2_any() : t.referral_how_2_text({ minimum: money(minimum) }),
    },
    {
      title: t.referral_how_3(),
      text:
        waitingDays === 0
          ? t.referral_how_3_text(rewards)
          : t.referral_how_3_wait({ ...rewards, days: waitingDays }),
    },
  ];
}

/** Where a message may be written: each link opens the app with the words in it. */
export function shareLinks(t: Messages, told: { business: string; message: string; link: string }) {
  const text = encodeURIComponent(told.message);
  const url = encodeURIComponent(told.link);
  const subject = encodeURIComponent(t.referral_mail_subject({ business: told.business }));
  const bare = encodeURIComponent(withoutColon(told.message.replace(told.link, '')));
  return [
    { name: t.referral_by_mail(), href: `mailto:?subject=${subject}&body=${text}` },
    { name: t.referral_by_whatsapp(), href: `https://wa.me/?text=${text}` },
    { name: t.referral_by_telegram(), href: `https://t.me/share/url?url=${url}&text=${bare}` },
    { name: t.referral_by_sms(), href: `sms:?&body=${text}` },
  ];
}

/** What leads over to a link is left out where the link goes by itself. */
function withoutColon(message: string): string {
  const text = message.trimEnd();
  return text.endsWith(':') ? text.slice(0, -1).trimEnd() : text;
}

/** What one step of a referral was, as staff read it. */
export function stepWords(
  { kind, code }: StepView,
  t: Messages,
  known: { states: readonly ReferralState[]; reasons: readonly ReferralReason[] },
): string {
  switch (kind) {
    case 'found': {
      const reason = known.reasons.find((one) => one === code);
      return t.referral_step_found({ what: reason === undefined ? (code ?? '') : reasonWords(t, reason) });
    }
    case 'moved': {
      const state = known.states.find((one) => one === code);
      return t.referral_step_moved({
        state: state === undefined ? (code ?? '') : referralStateWords(t, state),
      });
    }
    case 'paid':
    case 'taken_back':
      return code === 'own' || code === 'friend' || code === 'both'
        ? t[`referral_step_${kind}_${code}`]()
        : kind;
    case 'released':
    case 'declined':
    case 'reopened':
    case 'appealed':
    case 'named':
    case 'unnamed':
      return t[`referral_step_${kind}`]();
    default:
      return kind;
  }
}
