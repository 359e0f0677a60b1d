import type { HistoryKind } from '../../ground/history/history-kind.ts';

/** By what a history can be filtered: `mail` is what was written to the customer, `staff` what people of the business did. */
export const historyGroups = ['orders', 'money', 'mail', 'feedback', 'contacts', 'access', 'staff'] as const;
export type HistoryGroup = (typeof historyGroups)[number];

/** What the kinds of a group begin with; those that no group names stand in the whole history alone. */
const starts: Record<HistoryGroup, readonly string[]> = {
  orders: ['order_', 'orders_'],
  money: ['settled', 'recounted', 'adjusted', 'bonus_', 'redeemed', 'redemption_', 'voucher_'],
  mail: [],
  feedback: ['feedback_', 'case_', 'survey_', 'testimonial_', 'change_told', 'panel_'],
  contacts: ['contact_', 'step_', 'lapse_asked', 'hospitality_'],
  access: [
    ...['person_', 'invitation_', 'household_', 'consent_', 'question_', 'claimed', 'left', 'email_'],
    ...[
      'mail_',
      'club_',
      'minimum_',
      'referral_',
      'recommended',
      'directory_',
      'drop_',
      'event_',
      'customers_imported',
    ],
  ],
  staff: [],
};

/** The kinds of a group, among all that rooms tell. */
export function kindsIn(group: HistoryGroup, kinds: readonly HistoryKind[]): HistoryKind[] {
  return kinds.filter((kind) => starts[group].some((start) => kind.startsWith(start)));
}
