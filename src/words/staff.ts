import type { AuditItem } from '../../functions/desk/console/list-acts.ts';
import type { AuditKind } from '../../functions/ground/audit/audit-kind.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Messages } from '../locale.ts';

/** An act of the audit log; the name of one that a later release wrote. */
export function actWords(act: string, t: Messages): string {
  return isKnown(act) ? words[act](t) : act;
}

const isKnown = (act: string): act is AuditKind => Object.hasOwn(words, act);

const words: Record<AuditKind, (t: Messages) => string> = {
  'staff.added': (t) => t.act_staff_added(),
  'staff.let-in': (t) => t.act_staff_let_in(),
  'staff.role-set': (t) => t.act_staff_role_set(),
  'staff.named': (t) => t.act_staff_named(),
  'staff.shut-out': (t) => t.act_staff_shut_out(),
  'staff.signed-out': (t) => t.act_staff_signed_out(),
  'staff.mail-proven': (t) => t.act_staff_mail_proven(),
  'staff.signed-in': (t) => t.act_staff_signed_in(),
  'staff.factor-set-up': (t) => t.act_staff_factor_set_up(),
  'staff.factor-reset': (t) => t.act_staff_factor_reset(),
  'mail.sent-again': (t) => t.act_mail_sent_again(),
  'mail.dropped': (t) => t.act_mail_dropped(),
  'orders.exported': (t) => t.act_orders_exported(),
  'order.recorded': (t) => t.act_order_recorded(),
  'order.told': (t) => t.act_order_told(),
  'order.refunded': (t) => t.act_order_refunded(),
  'order.event-withdrawn': (t) => t.act_order_event_withdrawn(),
  'order.moved': (t) => t.act_order_moved(),
  'orders.given': (t) => t.act_orders_given(),
  'mail.tested': (t) => t.act_mail_tested(),
  'mail.resumed': (t) => t.act_mail_resumed(),
  'programme.set': (t) => t.act_programme_set(),
  'key.added': (t) => t.act_key_added(),
  'key.revoked': (t) => t.act_key_revoked(),
  'orders.imported': (t) => t.act_orders_imported(),
  'customers.imported': (t) => t.act_customers_imported(),
  'import.sent': (t) => t.act_import_sent(),
  'import.begun': (t) => t.act_import_begun(),
  'import.cancelled': (t) => t.act_import_cancelled(),
  'import.undone': (t) => t.act_import_undone(),
  'setting.set': (t) => t.act_setting_set(),
  'shop.begun': (t) => t.act_shop_begun(),
  'customer.noted': (t) => t.act_customer_noted(),
  'account.adjusted': (t) => t.act_account_adjusted(),
  'credit.asked': (t) => t.act_credit_asked(),
  'credit.agreed': (t) => t.act_credit_agreed(),
  'credit.declined': (t) => t.act_credit_declined(),
  'redemption.handed_over': (t) => t.act_redemption_handed_over(),
  'benefit.promised': (t) => t.act_benefit_promised(),
  'benefit.withdrawn': (t) => t.act_benefit_withdrawn(),
  'cause.opened': (t) => t.act_cause_opened(),
  'cause.closed': (t) => t.act_cause_closed(),
  'cause.reopened': (t) => t.act_cause_reopened(),
  'club.invited': (t) => t.act_club_invited(),
  'club.invitation-withdrawn': (t) => t.act_club_invitation_withdrawn(),
  'club.application-approved': (t) => t.act_club_application_approved(),
  'club.application-declined': (t) => t.act_club_application_declined(),
  'club.levels-set': (t) => t.act_club_levels_set(),
  'club.member-added': (t) => t.act_club_member_added(),
  'club.member-ended': (t) => t.act_club_member_ended(),
  'drop.announced': (t) => t.act_drop_announced(),
  'drop.closed': (t) => t.act_drop_closed(),
  'drop.claim-cancelled': (t) => t.act_drop_claim_cancelled(),
  'drop.claim-collected': (t) => t.act_drop_claim_collected(),
  'event.announced': (t) => t.act_event_announced(),
  'event.cancelled': (t) => t.act_event_cancelled(),
  'feedback.recorded': (t) => t.act_feedback_recorded(),
  'feedback.imported': (t) => t.act_feedback_imported(),
  'feedback.exported': (t) => t.act_feedback_exported(),
  'feedback.answered': (t) => t.act_feedback_answered(),
  'feedback.noted': (t) => t.act_feedback_noted(),
  'feedback.assigned': (t) => t.act_feedback_assigned(),
  'feedback.cause_set': (t) => t.act_feedback_cause_set(),
  'feedback.goodwill_given': (t) => t.act_feedback_goodwill_given(),
  'feedback.moved': (t) => t.act_feedback_moved(),
  'invitation.sent': (t) => t.act_invitation_sent(),
  'invitation.withdrawn': (t) => t.act_invitation_withdrawn(),
  'join_request.approved': (t) => t.act_join_request_approved(),
  'join_request.declined': (t) => t.act_join_request_declined(),
  'mark.added': (t) => t.act_mark_added(),
  'panel.asked': (t) => t.act_panel_asked(),
  'panel.outcome-told': (t) => t.act_panel_outcome_told(),
  'person.invited': (t) => t.act_person_invited(),
  'person.added': (t) => t.act_person_added(),
  'person.changed': (t) => t.act_person_changed(),
  'person.removed': (t) => t.act_person_removed(),
  'referral.released': (t) => t.act_referral_released(),
  'referral.declined': (t) => t.act_referral_declined(),
  'referral.reopened': (t) => t.act_referral_reopened(),
  'survey.created': (t) => t.act_survey_created(),
  'survey.saved': (t) => t.act_survey_saved(),
  'survey.opened': (t) => t.act_survey_opened(),
  'survey.closed': (t) => t.act_survey_closed(),
  'survey.sent': (t) => t.act_survey_sent(),
  'survey.invited': (t) => t.act_survey_invited(),
  'books.check-begun': (t) => t.act_books_check_begun(),
  'books.checked-again': (t) => t.act_books_checked_again(),
  'testimonial.approved': (t) => t.act_testimonial_approved(),
  'testimonial.declined': (t) => t.act_testimonial_declined(),
};

/** What an act was done to: its kind, and its name or what its id says. */
export function subjectWords({ subjectKind, subjectId, subjectName }: AuditItem, t: Messages): string {
  return `${kindWords.get(subjectKind)?.(t) ?? subjectKind} ${subjectName ?? subjectId.slice(0, 40)}`;
}

/** One thing more that there is to tell of an act. */
export function detailWords(
  [name, value]: AuditItem['detail'][number],
  t: Messages,
  { money, moment }: Formats,
): string {
  const label = detailLabels.get(name)?.(t) ?? name;
  if (typeof value === 'string') return `${label}: ${value}`;
  return `${label}: ${'at' in value ? moment({ at: value.at, day: null }) : money(value)}`;
}

const kindWords = new Map<string, (t: Messages) => string>([
  ['account', (t) => t.audit_kind_account()],
  ['benefit', (t) => t.audit_kind_benefit()],
  ['cause', (t) => t.audit_kind_cause()],
  ['club', (t) => t.audit_kind_club()],
  ['customer', (t) => t.audit_kind_customer()],
  ['drop', (t) => t.audit_kind_drop()],
  ['event', (t) => t.audit_kind_event()],
  ['export', (t) => t.audit_kind_export()],
  ['feedback', (t) => t.audit_kind_feedback()],
  ['import', (t) => t.audit_kind_import()],
  ['invitation', (t) => t.audit_kind_invitation()],
  ['join_request', (t) => t.audit_kind_join_request()],
  ['key', (t) => t.audit_kind_key()],
  ['order', (t) => t.audit_kind_order()],
  ['mail', (t) => t.audit_kind_mail()],
  ['panel', (t) => t.audit_kind_panel()],
  ['programme', (t) => t.audit_kind_programme()],
  ['redemption', (t) => t.audit_kind_redemption()],
  ['referral', (t) => t.audit_kind_referral()],
  ['setting', (t) => t.audit_kind_setting()],
  ['shop', (t) => t.audit_kind_shop()],
  ['staff', (t) => t.audit_kind_staff()],
  ['survey', (t) => t.audit_kind_survey()],
  ['testimonial', (t) => t.audit_kind_testimonial()],
]);

const detailLabels = new Map<string, (t: Messages) => string>([
  ['amount', (t) => t.audit_detail_amount()],
  ['value', (t) => t.audit_detail_value()],
  ['before', (t) => t.audit_detail_before()],
  ['role', (t) => t.audit_detail_role()],
  ['from', (t) => t.audit_detail_from()],
  ['to', (t) => t.audit_detail_to()],
  ['customerId', (t) => t.audit_detail_customer_id()],
  ['cause', (t) => t.audit_detail_cause()],
  ['reason', (t) => t.audit_detail_reason()],
  ['since', (t) => t.audit_detail_since()],
  ['until', (t) => t.audit_detail_until()],
  ['scopes', (t) => t.audit_detail_scopes()],
  ['orders', (t) => t.audit_detail_orders()],
  ['kind', (t) => t.audit_detail_kind()],
  ['by', (t) => t.audit_detail_by()],
  ['number', (t) => t.audit_detail_number()],
  ['outcome', (t) => t.audit_detail_outcome()],
  ['rows', (t) => t.audit_detail_rows()],
]);
