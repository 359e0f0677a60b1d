import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import * as schema from '../../db/schema/index.ts';
import { rooms } from '../../functions/rooms.ts';

/** The texts that tell nothing of anybody: names of things, codes of the house, what the business says, hashes, days. */
const impersonal: Record<string, string> = {
  account_spend: 'currency',
  accounts: 'kind form ledger_hash club_spans',
  adjustments: 'actor',
  api_keys: 'name prefix hash scopes last_used_on',
  audit_log: 'actor act subject_kind detail',
  bonus_reversals: 'actor',
  bonuses: 'cause_kind currency actor',
  case_events: 'kind actor key',
  cases: 'state',
  causes: 'name opened_by closed_by outcome change_text',
  club_benefits: 'kind texts detail actor',
  club_decisions: 'outcome actor',
  club_endings: 'actor',
  club_event_answers: 'answer',
  club_event_cancellations: 'reason actor',
  club_events: 'texts place actor',
  club_invitation_answers: 'answer actor',
  club_invitations: 'how actor',
  club_levels: 'key names actor',
  club_memberships: 'how actor',
  club_sweeps: 'name terms position',
  club_withdrawals: 'reason currency actor',
  consent_texts: 'version kind language text',
  consents: 'kind version source actor',
  counted_spend: 'number source period_start period_end',
  credit_days: 'day',
  credit_decisions: 'outcome actor',
  credit_requests: 'currency',
  customer_figures: 'kind',
  customer_keys: 'source',
  customer_notes: 'actor',
  customer_pins: 'actor',
  drop_claim_endings: 'outcome actor',
  drop_closings: 'reason actor',
  drop_windows: 'level',
  drops: 'texts sku actor',
  feed_positions: 'name terms',
  feedback: 'reference kind order_source order_number source actor key',
  feedback_attachments: 'media_type sha256',
  feedback_messages: 'from actor',
  history: 'kind actor detail',
  idempotency_keys: 'key request_hash body',
  import_changes: 'change',
  import_maps: 'headers_hash map actor',
  import_run_steps: 'state actor',
  import_runs: 'kind state map currency phase claimed_by started_by',
  import_marks: 'run',
  import_progress: 'run phase',
  import_refusals: 'run',
  imports: 'actor',
  job_runs: 'name failure goes_on_after',
  join_decisions: 'outcome actor',
  join_invitation_ends: 'how actor',
  join_invitations: 'created_by',
  join_requests: 'terms_version news_version',
  kept_figures: 'name value',
  ledger: 'kind currency period_start period_end order_source order_number cause hash',
  mail_events: 'kind',
  mail_preferences: 'topic source actor',
  membership_events: 'kind role actor',
  memberships: 'role',
  nearly_notices: 'period_start',
  notices: 'reader subject',
  order_events: 'source status at_on carrier parcel',
  order_lines: 'sku product category',
  orders: 'source number placed_on currency first_product status status_on delivered_on promised_by',
  order_moves: 'actor',
  outbox: 'template urgency',
  own_field_values: 'field_key actor',
  own_fields: 'key kind names choices customers actor',
  panel_outcomes: 'texts actor',
  panel_questions: 'texts choices actor',
  payout_steps: 'kind actor',
  period_totals: 'period_start period_end',
  profile_answers: 'question',
  proof_differences: 'what expected found',
  proof_runs: 'night scope reached actor',
  programme_drafts: 'definition actor',
  programmes: 'definition set_by',
  redemption_handovers: 'actor',
  redemptions: 'kind currency taken voucher_code actor order_source order_number',
  referral_marks: 'kind',
  referral_steps: 'kind code actor',
  referrals: 'code via currency state actor',
  refunds: 'at_on',
  reversals: 'actor',
  rule_versions: 'definition until',
  search_progress: 'name',
  sessions: 'token_hash kind',
  settings: 'key value set_by',
  sign_in_challenges: 'purpose',
  staff: 'role',
  staff_factor_uses: 'proof',
  staff_factors: 'sealed_secret ended_by',
  staff_recovery_codes: 'hash',
  suppressions: 'reason lifted_by',
  survey_invitations: 'reason occasion token_hash currency actor',
  survey_sendings: 'occasion actor',
  survey_versions: 'definition actor',
  surveys: 'name created_by opened_by closed_by',
  testimonial_decisions: 'decision actor',
  testimonial_withdrawals: 'actor',
  testimonials: 'name_form consent source key',
  voucher_cancellations: 'code',
  voucher_uses: 'code order_source order_number actor',
  vouchers: 'code taken period_start currency',
  waiting_notices: 'reader subject',
  waiting_sales: 'source number receipt_code currency state actor',
  withdrawn_events: 'source status carrier parcel actor',
};

const isKey = (name: string) => name === 'id' || name.endsWith('_id');

const texts = Object.values(schema)
  .filter((one) => is(one, SQLiteTable))
  .map((table) => getTableConfig(table))
  .flatMap(({ name, columns }) =>
    columns
      .filter((column) => column.columnType === 'SQLiteText' && !isKey(column.name))
      .map((column) => `${name}.${column.name}`),
  );
const personal = rooms.flatMap(({ personalData = {} }) =>
  Object.entries(personalData).flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`)),
);
const others = Object.entries(impersonal).flatMap(([table, columns]) =>
  columns.split(' ').map((column) => `${table}.${column}`),
);

test('every text that is kept is personal data of one room, or is none', () => {
  expect([...personal, ...others].toSorted()).toEqual(texts.toSorted());
});
