import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { keptByPort, keptByTriggers } from '../../db/append-only.ts';
import { erasableByPort, erasableByTriggers } from '../../db/erasable.ts';
import * as schema from '../../db/schema/index.ts';
import type { DataSubject } from '../../functions/ground/personal/personal-data.ts';
import { rowsOf } from '../../functions/ground/personal/rows-of.ts';
import { house, rooms } from '../../functions/rooms.ts';
import { scansOf } from '../support/scans-of.ts';
import { createTestContext } from '../support/test-context.ts';

/** The texts that tell nothing of anybody: names of things, codes of the house, what the business says, hashes, days. */
const impersonal: Record<string, string> = {
  locations: 'name address phone hours map_url directions actor',
  margins: 'kind name actor',
  special_days: 'day hours names actor',
  articles: 'slug state audience actor',
  article_acts: 'kind content actor',
  article_products: 'name',
  article_texts: 'language title summary picture words',
  account_categories: 'category currency last_on',
  account_days: 'day currency',
  account_facts: 'first_on last_on',
  account_forecasts: 'day',
  account_managers: 'actor ended_by',
  account_levels: 'from_day until_day level before cause',
  account_pins: 'actor',
  account_spend: 'currency',
  account_years: 'currency until_day',
  catalogue_products: 'key sku name category currency actor',
  shelved_orders: 'actor',
  papers: 'kind number order_source order_number cause issued_on currency document hash actor',
  paper_layouts: 'language invoice_columns statement_columns grouping actor',
  order_references: 'actor',
  order_requests: 'reference kind order_source order_number wished_on currency key actor',
  order_request_lines: 'sku name category',
  order_request_answers: 'outcome order_source order_number actor',
  campaign_acts: 'kind content actor',
  campaign_pictures: 'name content actor',
  campaign_recipients: 'share voucher_code day',
  campaign_skips: 'reason',
  campaigns: 'name state actor',
  contact_attachments: 'media_type sha256',
  contact_entries: 'kind actor',
  contact_plans: 'what audience level channel purpose since_day actor ended_by',
  contact_task_acts: 'kind due_on why actor',
  contact_tasks: 'kind moment round due_on outcome actor',
  task_mails: 'day',
  contacts: 'channel direction order_source order_number answered_by source reference key',
  accounts: 'kind form ledger_hash club_spans segment_spans',
  adjustments: 'actor',
  social_signs: 'kind place actor withdrawn_by',
  social_thanks: 'currency actor',
  occasion_settings: 'kind audience gift_form currency since_day actor',
  occasion_wishes: 'kind day outcome gift_form currency actor',
  api_keys: 'name prefix hash scopes last_used_on',
  archive_places: 'what holder',
  attention_acts: 'kind outcome until_on actor',
  attention_promises: 'list said_on due_on',
  attention_records: 'list month',
  attention_runs: 'day stage reached',
  attention_sayings: 'list said_on left_on reasons assigned_to snoozed_until outcome',
  audit_log: 'actor act subject_kind detail',
  backup_drills: 'actor claimed_by failure way position',
  backup_schedules: 'every place actor',
  backups: 'kind place slot actor claimed_by failure totals',
  bonus_reversals: 'actor',
  bonuses: 'cause_kind currency actor',
  case_events: 'kind actor key',
  cases: 'state',
  cause_events: 'kind actor',
  cause_steps: 'what actor outcome ended_by',
  causes: 'name opened_by closed_by outcome change_text process convenient_for due_on',
  club_benefits: 'kind texts detail level actor',
  hospitality_entries: 'kind currency day actor',
  hospitality_decisions: 'decision actor',
  hospitality_withdrawals: 'actor',
  minimum_waivers: 'actor',
  minimum_waiver_endings: 'actor',
  promise_amends: 'kind currency actor',
  promise_decisions: 'decision actor',
  promise_findings: 'promise actor',
  promise_telling_withdrawals: 'actor',
  promise_tellings: 'day actor',
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
  customer_days: 'actor ended_by',
  customer_figures: 'kind',
  customer_looks: 'actor what',
  customer_keys: 'source',
  customer_merge_entries: 'role',
  customer_merge_rows: 'kind',
  customer_merge_undos: 'actor',
  customer_merges: 'filled actor',
  customer_notes: 'actor',
  drop_claim_endings: 'outcome actor',
  drop_closings: 'reason actor',
  drop_windows: 'level',
  drops: 'texts sku actor',
  erasures: 'words asked_by',
  erasure_requests: 'words',
  erased_files: 'stored_as',
  erased_imports: 'name',
  erasure_texts: 'place text masked',
  feed_positions: 'name terms',
  feedback: 'reference kind order_source order_number product source actor key',
  feedback_attachments: 'media_type sha256',
  feedback_mentions: 'place said_on',
  feedback_messages: 'from actor place',
  forecast_fits: 'day type currency served cannot_tell models candidates outlook spend totals covariate',
  forecast_promises: 'asked_on type first_on last_on',
  forecast_records: 'asked_on until_on figures tenths',
  forecast_runs: 'day stage reached state actor leased_by',
  general_preferences: 'paused_until format source actor',
  history: 'kind actor detail',
  idempotency_keys: 'key request_hash body',
  import_changes: 'change',
  import_maps: 'headers_hash map actor',
  import_run_steps: 'state actor',
  import_runs: 'kind state map currency phase claimed_by started_by',
  import_marks: 'run',
  import_progress: 'run phase',
  import_refusals: 'run',
  imports: 'actor kind',
  job_runs: 'name failure goes_on_after',
  join_decisions: 'outcome actor',
  join_invitation_ends: 'how actor',
  join_invitations: 'created_by',
  join_requests: 'terms_version news_version',
  kept_figures: 'name value',
  kept_numbers: 'name currency day value',
  ledger_days: 'day currency kind',
  lapsed_calls: 'day first_reason real_reason actor',
  ledger: 'kind currency period_start period_end order_source order_number cause hash',
  mail_events: 'kind',
  membership_events: 'kind role actor',
  memberships: 'role',
  nearly_notices: 'period_start',
  need_shares: 'day source actor',
  notices: 'reader subject',
  open_payouts: 'kind currency',
  order_events: 'source status at_on carrier parcel',
  order_lines: 'sku product category',
  orders: 'source number placed_on currency first_product status status_on delivered_on promised_by',
  order_link_endings: 'actor',
  order_moves: 'actor',
  return_events: 'kind actor',
  return_files: 'kind media_type sha256',
  return_lines: 'reason',
  returns: 'reference key source number wish currency told state outcome asked_by actor',
  outbox: 'template urgency moment',
  own_field_values: 'field_key actor',
  own_fields: 'key kind names choices customers actor',
  owner_change_ends: 'outcome actor',
  owner_changes: 'act role asked_by',
  panel_outcomes: 'texts actor',
  panel_questions: 'texts choices actor',
  passkeys: 'kind public_key transports',
  page_hits: 'day page language',
  payout_steps: 'kind actor',
  payout_sums: 'kind currency',
  period_totals: 'period_start period_end',
  profile_answers: 'question',
  proof_differences: 'what expected found',
  proof_runs: 'night scope reached actor',
  praise_themes: 'name made_by ended_by',
  preferences: 'topic channel paused_until source actor',
  premium_marks: 'currency day',
  procedures: 'kind channel name steps actor ended_by',
  procedure_ticks: 'about actor',
  product_baskets: 'body',
  product_facts: 'key name last_on',
  product_pairs: 'key kind other_key',
  product_terms: 'key term',
  product_runs: 'day nothing_because phase reached',
  received_mails: 'state reason became_kind',
  recommendation_wishes: 'actor',
  hidden_products: 'actor',
  programme_drafts: 'definition actor',
  programmes: 'definition set_by',
  redemption_handovers: 'actor',
  redemptions: 'kind currency taken voucher_code actor order_source order_number',
  tellings: 'topic channel',
  referral_marks: 'kind',
  referral_steps: 'kind code actor',
  referrals: 'code via currency state actor',
  refunds: 'at_on',
  reply_standards: 'kind audience level channel actor ended_by',
  reversals: 'actor',
  rule_versions: 'definition until',
  search_progress: 'name',
  segment_askings: 'terms',
  manager_rule_lists: 'rules actor',
  segment_failures: 'terms reason',
  segment_versions: 'actor',
  sessions: 'token_hash kind',
  settings: 'key value set_by',
  sign_in_challenges: 'purpose',
  staff: 'role',
  staff_absences: 'from_day until_day actor ended_by',
  staff_pictures: 'name actor',
  staff_profiles: 'actor',
  guide_notes: 'chapter text actor',
  guide_reads: 'chapter',
  staff_ideas: 'state key',
  staff_idea_acts: 'kind actor',
  staff_thanks: 'kind subject actor',
  staff_factor_uses: 'proof',
  staff_factors: 'sealed_secret ended_by',
  staff_recovery_codes: 'hash',
  suppressions: 'reason lifted_by',
  survey_invitations: 'reason occasion token_hash currency actor',
  survey_sendings: 'occasion actor',
  survey_topics: 'text actor',
  survey_versions: 'definition actor',
  surveys: 'name created_by opened_by closed_by',
  text_versions: 'key language parts actor',
  testimonial_decisions: 'decision actor',
  testimonial_withdrawals: 'actor',
  testimonials: 'name_form consent source key',
  theme_messages: 'actor',
  theme_phrases: 'phrase actor',
  voucher_cancellations: 'code',
  voucher_uses: 'code order_source order_number actor',
  vouchers: 'code taken period_start currency',
  waiting_notices: 'reader subject',
  waiting_sales: 'source number receipt_code currency state actor',
  withdrawn_events: 'source status carrier parcel actor',
};

const isKey = (name: string) => name === 'id' || name.endsWith('_id');

const tables = Object.values(schema)
  .filter((one) => is(one, SQLiteTable))
  .map((table) => getTableConfig(table));
const columns = tables.flatMap((table) => table.columns.map((column) => ({ table: table.name, column })));
const nameOf = ({ table, column }: (typeof columns)[number]) => `${table}.${column.name}`;
const texts = columns
  .filter(({ column }) => column.columnType === 'SQLiteText' && !isKey(column.name))
  .map(nameOf);
const personal = Object.entries(house.personal).flatMap(([table, { columns: told }]) =>
  Object.keys(told).map((column) => `${table}.${column}`),
);
const others = Object.entries(impersonal).flatMap(([table, names]) =>
  names.split(' ').map((column) => `${table}.${column}`),
);

test('every text that is kept is personal data of one room, or is none', () => {
  const known = new Set(columns.map(nameOf));
  expect(personal.filter((column) => !known.has(column))).toEqual([]);
  // Erasing also changes columns that by themselves tell of nobody: an actor, a kind of letter.
  const listed = new Set([...personal.filter((column) => texts.includes(column)), ...others]);
  expect([...listed].toSorted()).toEqual(texts.toSorted());
});

test('what is the team’s alone are columns that there are', () => {
  const known = new Set(columns.map(nameOf));
  const teams = Object.entries(house.personal).flatMap(([table, { team }]) =>
    Object.keys(team?.columns ?? {}).map((column) => `${table}.${column}`),
  );
  expect(teams.filter((column) => !known.has(column))).toEqual([]);
});

test('no two rooms say whose the rows of a table are', () => {
  const names = rooms.flatMap(({ personalData = {} }) => Object.keys(personalData));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

/** By these a row is of a customer, or of an account. */
const whose = /^(?:customer|account|root|order|feedback|contact|invitation|redemption|owner|friend)_id$/;

/** Why these say nothing of whose a row is, though they name accounts. */
const unowned: Record<string, string> = {
  feed_changes: 'the order in which rows of the history were committed',
  ledger_days_read: 'how far a ledger is summed',
  account_doubts: 'what is gone over again',
  proof_differences: 'what was found in the books',
  causes: 'of the team',
  account_categories: 'sums of orders, made anew from them',
  account_days: 'sums of orders, made anew from them',
  account_facts: 'sums of orders, made anew from them',
  account_levels: 'follows from orders and praise',
  account_years: 'sums of orders, made anew from them',
  account_forecasts: 'follows from orders',
  forecast_promises: 'follows from orders',
  attention_promises: 'what a list said, to be held to it',
  open_payouts: 'follows from redemptions',
};

test('whatever has rows of a customer says whose each is', () => {
  const holding = tables.filter((table) => table.columns.some(({ name }) => whose.test(name)));
  const silent = holding.filter(({ name }) => (house.personal[name]?.of ?? null) === null);
  expect(silent.map(({ name }) => name).toSorted()).toEqual(Object.keys(unowned).toSorted());
});

const nobody: DataSubject = {
  customerIds: ['-'],
  accountIds: ['-'],
  rootIds: ['-'],
  addresses: ['-'],
  numbers: ['-'],
  words: ['-'],
};

test('the rows of one person are found in each table', async () => {
  const { db } = await createTestContext();
  const asked = { tables: house.personal, person: nobody };
  for (const [table, { of }] of Object.entries(house.personal)) {
    if (of === null) continue;
    const { sql, args } = rowsOf(asked, table);
    expect(await db.read({ sql: `SELECT count(*) FROM ${table} WHERE ${sql}`, args }), table).toEqual([[0n]]);
  }
});

/** Those that grow without end; of all others a business has few enough rows to read. */
const large = [
  'orders',
  'order_lines',
  'order_events',
  'refunds',
  'refund_lines',
  'ledger',
  'lots',
  'history',
  'outbox',
  'mail_events',
  'counted_spend',
  'period_totals',
  'feedback',
  'feedback_messages',
  'contacts',
  'contact_entries',
  'redemptions',
  'vouchers',
  'survey_answers',
  'survey_invitations',
  'audit_log',
  'campaign_recipients',
  'tellings',
  'consents',
  'memberships',
  'membership_events',
];

test('they are found by an index where a table is large', async () => {
  for (const table of large) {
    const { sql, args } = rowsOf({ tables: house.personal, person: nobody }, table);
    const steps = await scansOf((db) => db.read({ sql: `SELECT * FROM ${table} WHERE ${sql}`, args }));
    // The lists of the person.
    expect(
      steps.filter((step) => !step.includes('VIRTUAL TABLE')),
      table,
    ).toEqual([]);
  }
});

test('erasing changes of an append-only table what its manifest says, and no other', () => {
  const allowed = [
    ...Object.entries(erasableByTriggers).flatMap(([table, told]) =>
      Object.keys(told).map((column) => `${table}.${column}`),
    ),
    ...Object.entries(erasableByPort).flatMap(([table, told]) =>
      told.length === 0 ? [`${table} whole`] : told.map((column) => `${table}.${column}`),
    ),
  ];
  const guarded = [...keptByPort, ...keptByTriggers];
  const changed = Object.entries(house.personal).flatMap(([table, { columns: told, isDeleted }]) => {
    if (!guarded.includes(table)) return [];
    const names = Object.entries(told).filter(([, fate]) => !('kept' in fate));
    return isDeleted ? [`${table} whole`] : names.map(([column]) => `${table}.${column}`);
  });
  expect(changed.toSorted()).toEqual(allowed.toSorted());
});
