import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { erasableByTriggers, isErasing } from './erasable.ts';
import { guard, type Trigger } from './guard.ts';
import * as schema from './schema/index.ts';

/**
 * Tables whose rows are never changed, deleted or replaced, whoever writes: money, history, consents and proofs, each
 * with its key. A table takes three triggers, which every connection of a server reads before its first statement, so
 * that all others are `keptByPort` (docs/decisions/0028-guards.md).
 */
const keysByTable: Record<string, readonly string[]> = {
  history: ['account_id', 'seq'],
  ledger: ['account_id', 'seq'],
  programmes: ['revision'],
  idempotency_keys: ['api_key_id', 'key'],
  adjustments: ['id'],
  reversals: ['redemption_id'],
  redemptions: ['id'],
  voucher_uses: ['code'],
  voucher_cancellations: ['code'],
  bonuses: ['id'],
  bonus_reversals: ['bonus_id'],
  credit_requests: ['id'],
  credit_decisions: ['request_id'],
  payout_steps: ['redemption_id', 'seq'],
  audit_log: ['id'],
  staff_recovery_codes: ['hash'],
  staff_factor_uses: ['factor_id', 'proof'],
  consent_texts: ['version'],
  consents: ['id'],
};

export const keptByTriggers: readonly string[] = Object.keys(keysByTable);

/** Tables of which the same is true for whatever the product writes: `refuse-changes.ts` looks at its statements. */
export const keptByPort: readonly string[] = [
  'feed_changes',
  'redemption_handovers',
  'preferences',
  'general_preferences',
  'tellings',
  'occasion_settings',
  'occasion_wishes',
  'social_thanks',
  'mail_events',
  'nearly_notices',
  'notices',
  'waiting_notices',
  'customer_notes',
  'article_acts',
  'attention_acts',
  'campaign_acts',
  'campaign_recipients',
  'campaign_pictures',
  'contact_entries',
  'contact_mails',
  'contact_task_acts',
  'task_mail_wishes',
  'task_mails',
  'lapsed_calls',
  'need_shares',
  'referral_steps',
  'survey_invitations',
  'survey_finishes',
  'testimonials',
  'testimonial_decisions',
  'testimonial_withdrawals',
  'club_memberships',
  'club_endings',
  'club_invitations',
  'club_invitation_answers',
  'club_applications',
  'club_decisions',
  'club_withdrawals',
  'promise_tellings',
  'promise_telling_withdrawals',
  'promise_amends',
  'promise_findings',
  'promise_decisions',
  'hospitality_decisions',
  'hospitality_withdrawals',
  'minimum_waivers',
  'minimum_waiver_endings',
  'withdrawn_events',
  'order_moves',
  'order_link_endings',
  'return_events',
  'papers',
  'drop_closings',
  'drop_claims',
  'drop_grants',
  'drop_claim_endings',
  'club_event_cancellations',
  'club_event_answers',
  'directory_choices',
  'directory_messages',
  'panel_answers',
  'panel_outcomes',
  'recommendation_wishes',
  'join_invitations',
  'join_invitation_ends',
  'join_decisions',
  'membership_events',
  'case_events',
  'case_alerts',
  'cause_events',
  'case_replies',
  'procedure_ticks',
  'staff_thanks',
  'staff_idea_acts',
  'guide_notes',
  'guide_reads',
  'import_run_steps',
  'customer_merges',
  'customer_merge_undos',
  'customer_merge_entries',
  'customer_merge_rows',
  'owner_changes',
  'owner_change_ends',
  'text_versions',
  'backup_schedules',
  'manager_rule_lists',
  'segment_versions',
  'audience_entries',
  'audience_exits',
];

export const appendOnlyTriggers: readonly Trigger[] = Object.entries(keysByTable).flatMap(([table, key]) =>
  triggersOf(table, key),
);

function triggersOf(table: string, key: readonly string[]): Trigger[] {
  const same = key.map((column) => `${column} = NEW.${column}`).join(' AND ');
  return [
    guard({
      name: `${table}_no_update`,
      on: `BEFORE UPDATE ON ${table}`,
      ...unlessErased(table),
      refusal: `${table} is append-only`,
    }),
    guard({
      name: `${table}_no_delete`,
      on: `BEFORE DELETE ON ${table}`,
      refusal: `${table} is append-only`,
    }),
    guard({
      name: `${table}_no_replace`,
      on: `BEFORE INSERT ON ${table}`,
      when: `EXISTS (SELECT 1 FROM ${table} WHERE ${same})`,
      refusal: `${table} exists`,
    }),
  ];
}

/** Erasing somebody may empty what tells of them, as long as all else of the row stays as it is. */
function unlessErased(table: string): { when?: string } {
  const erased = erasableByTriggers[table];
  if (erased === undefined) return {};
  const same = columnsOf(table).map((column) => {
    const to = erased[column];
    const isSame = `NEW.${column} IS OLD.${column}`;
    return to === undefined ? isSame : `(${isSame} OR NEW.${column} IS ${to})`;
  });
  return { when: `NOT (${isErasing} AND ${same.join(' AND ')})` };
}

function columnsOf(table: string): string[] {
  const tables = Object.values(schema).filter((one) => is(one, SQLiteTable));
  const found = tables.map((one) => getTableConfig(one)).find(({ name }) => name === table);
  return (found?.columns ?? []).map(({ name }) => name);
}
