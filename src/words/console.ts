import type { ConsoleOverview, Happening } from '../../functions/console/types.ts';
import type { Formats } from '../format.ts';
import type { Messages } from '../locale.ts';
import { joiningHappening } from './joining.ts';
import { referralHappening } from './referral.ts';
import { statusWords } from './status.ts';

/** What the business owes, as a sum. */
export function owedParts(owed: NonNullable<ConsoleOverview['owed']>, t: Messages, { money }: Formats) {
  const { available, pending, vouchers } = owed;
  const minor = available.minor + pending.minor + vouchers.amount.minor;
  return {
    parts: [
      { text: t.owed_available(), amount: money(available) },
      { text: t.owed_pending(), amount: money(pending) },
      { text: t.owed_vouchers({ count: vouchers.count }), amount: money(vouchers.amount) },
    ],
    total: { text: t.owed_total(), amount: money({ ...available, minor }) },
  };
}

/** What a job does; the name of one that has no words. */
export function jobWords(t: Messages, name: string): string {
  switch (name) {
    case 'nearly':
    case 'resettle':
    case 'settle':
    case 'expire':
    case 'search':
    case 'sessions':
    case 'mail':
      return t[`job_${name}`]();
    case 'cases':
      return t.feedback_job();
    case 'club':
      return t.club_job();
    case 'referrals':
      return t.referral_job();
    case 'surveys':
      return t.surveys_job();
    case 'changes':
      return t.testimonials_job();
    default:
      return name;
  }
}

/** One row of the history; the kind of one that has no words. */
export function happeningWords({ kind, detail }: Happening, t: Messages, { money }: Formats): string {
  const number = detail.number ?? '';
  const amount = detail.amount === null ? '' : money(detail.amount);
  switch (kind) {
    case 'order_created':
    case 'order_completed':
    case 'order_given':
    case 'order_refunded':
      return t[`history_${kind}`]({ number });
    case 'order_event':
      return t.history_order_event({
        number,
        status: detail.status === null ? '' : statusWords(t, detail.status),
      });
    case 'orders_imported':
    case 'import_undone':
      return t[`history_${kind}`]({ count: detail.orders });
    case 'redeemed':
    case 'adjusted':
    case 'bonus_granted':
    case 'bonus_reversed':
      return t[`history_${kind}`]({ amount });
    case 'voucher_used':
      return t.history_voucher_used({ number, amount });
    case 'feedback_told':
      return t.feedback_history_told({ number });
    case 'feedback_added':
      return t.feedback_history_added({ number });
    case 'case_answered':
      return t.feedback_history_answered({ number });
    case 'case_waiting_for_customer':
      return t.feedback_history_waiting({ number });
    case 'case_resolved':
      return t.feedback_history_resolved({ number });
    case 'case_reopened':
      return t.feedback_history_reopened({ number });
    case 'case_closed':
      return t.feedback_history_closed({ number });
    case 'survey_invited':
    case 'survey_answered':
      return t[`surveys_history_${kind}`]();
    case 'testimonial_offered':
    case 'testimonial_published':
    case 'testimonial_declined':
    case 'testimonial_withdrawn':
      return t[`history_${kind}`]();
    case 'club_joined':
    case 'club_left':
    case 'club_invited':
    case 'club_invitation_declined':
    case 'club_invitation_withdrawn':
    case 'club_applied':
    case 'club_application_withdrawn':
    case 'club_application_declined':
    case 'club_benefit_withdrawn':
    case 'drop_claimed':
    case 'drop_moved_up':
    case 'drop_claim_cancelled':
    case 'drop_claim_expired':
    case 'drop_claim_collected':
    case 'event_answered':
    case 'event_moved_up':
    case 'directory_shown':
    case 'directory_left':
    case 'directory_written':
    case 'panel_answered':
      return t[`club_history_${kind}`]();
    case 'change_told':
      return t.testimonials_history_change_told();
    case 'redemption_reversed':
    case 'settled':
    case 'recounted':
    case 'claimed':
    case 'email_changed':
    case 'customer_noted':
    case 'mail_topic_on':
    case 'mail_topic_off':
    case 'mail_resumed':
      return t[`history_${kind}`]();
    default:
      return joiningHappening(t, kind) ?? referralHappening(t, kind) ?? kind;
  }
}

export function actorWords({ kind, name }: Happening['by'], t: Messages): string {
  switch (kind) {
    case 'customer':
    case 'anonymous':
      return t[`by_${kind}`]();
    case 'staff':
    case 'key':
    case 'system':
      return t[`by_${kind}`]({ name: name ?? '' });
  }
}
