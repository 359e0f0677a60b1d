import {
  blanked,
  each,
  emptied,
  numbersOf,
  type PersonalData,
  told,
} from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  feedback: {
    of: 'customer_id IN $customers',
    columns: {
      text: told,
      served_by: { words: 'NULL' },
      ...each(emptied, 'page', 'language'),
      // What is kept of it hangs on nobody any more.
      ...each(
        emptied,
        'customer_id',
        'account_id',
        'root_id',
        'order_source',
        'order_number',
        'line_id',
        'parcel',
      ),
      actor: { to: "'anonymous'" },
    },
  },
  feedback_mentions: {
    of: 'feedback_id IN $feedback',
    key: 'feedback_id',
    columns: each(emptied, 'url', 'author'),
  },
  feedback_messages: {
    of: 'feedback_id IN $feedback',
    columns: {
      text: told,
      ...each(emptied, 'quoted', 'left_out', 'url'),
      actor: { to: "CASE WHEN actor LIKE 'customer:%' THEN 'anonymous' ELSE actor END" },
    },
    team: { rows: 'is_internal = 1' },
  },
  feedback_attachments: {
    of: 'feedback_id IN $feedback',
    columns: each(blanked, 'name', 'stored_as'),
    isDeleted: true,
    team: { rows: 'message_id IN (SELECT id FROM feedback_messages WHERE is_internal = 1)' },
  },
  cases: { of: 'feedback_id IN $feedback', key: 'feedback_id', columns: {} },
  case_events: numbersOf('feedback_id IN $feedback'),
  case_replies: numbersOf('feedback_id IN $feedback'),
  case_alerts: numbersOf('feedback_id IN $feedback'),
};
