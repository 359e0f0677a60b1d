import { is } from 'drizzle-orm';
import { getTableConfig, type SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import * as schema from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { house } from '../../../functions/rooms.ts';

/** Somebody in whose rows canaries are planted; the words by which texts name them are canaries themselves. */
export interface Canary {
  customerId: string;
  rootId: string;
  email: string;
  name: string;
}

/** Under which files of theirs lie in the store. */
export const storedNames = ['a'.repeat(32), 'b'.repeat(32), 'c'.repeat(32)] as const;

/** What a column holds that a rule of its table asks for, by its table; texts are SQL. */
const asked: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  occasion_wishes: { gift_minor: '0' },
  testimonial_decisions: { excerpt: '$name' },
  contacts: {
    account_id: '$root',
    is_missed: '0',
    satisfaction: '1',
    wants_answer: '0',
    withdrawn_at: 'NULL',
    mood: "'good'",
  },
  contact_tasks: { kind: "'next_step'", ended_at: 'NULL', outcome: 'NULL' },
  customer_days: { ended_at: 'NULL', ended_by: 'NULL' },
  feedback: { account_id: '$root' },
  feedback_attachments: { stored_as: `'${storedNames[0]}'` },
  contact_attachments: { stored_as: `'${storedNames[1]}'` },
  returns: { asked_by: '$customer' },
  return_files: { stored_as: `'${storedNames[2]}'` },
  feedback_messages: { is_internal: '0', from: "'customer'" },
  import_runs: { state: "'done'" },
  outbox: { sent_at: '1', failed_at: 'NULL', withheld_at: 'NULL', template: "'sign_in'" },
  papers: { kind: "'invoice'", invoice_id: 'NULL' },
  passkeys: { kind: "'customer'" },
  payout_steps: { kind: "'returned'" },
  received_mails: { state: "'left_out'", became_id: 'NULL', became_kind: 'NULL' },
  redemptions: { kind: "'till'" },
  sessions: { kind: "'customer'" },
  social_signs: { kind: "'post'", withdrawn_at: 'NULL', withdrawn_by: 'NULL' },
  suppressions: { lifted_at: 'NULL', lifted_by: 'NULL' },
  survey_answers: { value: 'NULL' },
  voucher_uses: { order_source: "'web'" },
  account_managers: { ended_at: 'NULL', ended_by: 'NULL', staff_id: "'staff'" },
  minimum_waivers: { until: 'NULL' },
  order_request_lines: { request_id: "'id-order_requests'" },
  order_request_answers: { request_id: "'id-order_requests'" },
  need_shares: { percent: '1' },
  profile_answers: { question: "'why'" },
  customer_merges: { survivor_id: '$customer', merged_id: "'other'", survivor_root_id: '$root' },
  directory_messages: { from_id: '$customer', to_id: "'other'" },
  referrals: { referrer_id: '$customer', friend_id: "'other'" },
  audit_log: { subject_kind: "'customer'", subject_id: '$customer' },
  email_changes: { email_from: '$email', email_to: '$email' },
};

/** Tables in which the person has rows by having joined and bought; their canaries are what was told then. */
const standing = [
  'accounts',
  'customers',
  'memberships',
  'orders',
  'order_lines',
  'refund_lines',
  'ledger',
  'lots',
  'history',
  'account_spend',
];
/** What follows by triggers, or is the erasure itself. */
const left = [
  'erasures',
  'erasure_requests',
  'customer_figures',
  'counted_spend',
  'period_totals',
  'feed_changes',
];

const tables = Object.values(schema)
  .filter((one) => is(one, SQLiteTable))
  .map((table) => getTableConfig(table));

/** Which table a column of another names. */
const named: Readonly<Record<string, string>> = {
  feedback_id: 'feedback',
  contact_id: 'contacts',
  redemption_id: 'redemptions',
  invitation_id: 'survey_invitations',
  testimonial_id: 'testimonials',
  mail_id: 'outbox',
  merge_id: 'customer_merges',
  request_id: 'credit_requests',
  referral_id: 'referrals',
  application_id: 'club_applications',
  entry_id: 'hospitality_entries',
  saying_id: 'attention_sayings',
  waiver_id: 'minimum_waivers',
  task_id: 'contact_tasks',
  sign_id: 'social_signs',
  claim_id: 'drop_claims',
  telling_id: 'promise_tellings',
  return_id: 'returns',
  paper_id: 'papers',
  about_id: 'feedback',
};

/** Plants a row in each table that its manifest calls the person's, a canary in each text of it. Answers the tables. */
export async function plant(db: Store, canary: Canary, orderId: string): Promise<string[]> {
  const planted = tables.filter(
    ({ name }) =>
      (house.personal[name]?.of ?? null) !== null && !standing.includes(name) && !left.includes(name),
  );
  const inserts = planted.map(({ name, columns }) => {
    const names = columns.map((column) => `"${column.name}"`).join(', ');
    const values = columns.map((column) => valueFor(name, column, canary, orderId)).join(', ');
    return `INSERT INTO ${name} (${names}) VALUES (${values});`;
  });
  await db.script(`PRAGMA foreign_keys = OFF; ${inserts.join('\n')} PRAGMA foreign_keys = ON;`);
  return planted.map(({ name }) => name);
}

function valueFor(table: string, column: SQLiteColumn, canary: Canary, orderId: string): string {
  const { name } = column;
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const own = asked[table]?.[name];
  if (own !== undefined)
    return own
      .replace('$customer', text(canary.customerId))
      .replace('$root', text(canary.rootId))
      .replace('$email', text(canary.email))
      .replace('$name', text(canary.name));
  const fate = house.personal[table]?.columns[name];
  if (name === 'customer_id' || name === 'subject_id') return text(canary.customerId);
  if (name === 'root_id' || name === 'account_id') return text(canary.rootId);
  if (name === 'order_id') return text(orderId);
  if (name === 'email' || (name === 'address' && table !== 'customers')) return text(canary.email);
  if (table === 'join_decisions' && name === 'request_id') return "'id-join_requests'";
  if (table === 'join_invitation_ends' && name === 'invitation_id') return "'id-join_invitations'";
  if (table === 'club_invitation_answers' && name === 'invitation_id') return "'id-club_invitations'";
  const other = named[name];
  if (other !== undefined && other !== table) return text(`id-${other}`);
  if (column.getSQLType() !== 'text') return '1';
  if (name === 'actor') return text(`customer:${canary.customerId}`);
  if (name === 'id') return text(`id-${table}`);
  if (column.enumValues !== undefined && column.enumValues.length > 0)
    return text(column.enumValues[0] ?? '');
  if (fate === undefined || 'kept' in fate) return text(`plain-${table}-${name}`);
  const words = `${canary.name} ${canary.email}`;
  // Of a text that stays for others only their names go.
  return text('masked' in fate ? words : `${words} ${markOf(table, name)}`);
}

/** By which a canary is told from all others. */
const markOf = (table: string, column: string) => `qanary-${table}-${column}`;
