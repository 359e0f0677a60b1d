import type { Statement } from './store.ts';

/**
 * The guards that live in the database. They are re-created after every migration, since a table
 * rebuild drops them, and compared by name and text at every start.
 */
const appendOnly: Record<string, readonly string[]> = {
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
  audit_log: ['id'],
  join_invitations: ['id'],
  join_invitation_ends: ['invitation_id'],
  join_decisions: ['request_id', 'seq'],
  consent_texts: ['version'],
  consents: ['id'],
  membership_events: ['id'],
  case_events: ['feedback_id', 'seq'],
  case_alerts: ['feedback_id', 'due_at'],
};

interface Trigger {
  name: string;
  sql: string;
}

export const triggers: readonly Trigger[] = [
  ...Object.entries(appendOnly).flatMap(([table, key]) => appendOnlyTriggers(table, key)),
  guard({
    name: 'history_follows_programme',
    on: 'BEFORE INSERT ON history',
    when: 'NEW.programme_revision <> (SELECT coalesce(max(revision), 0) FROM programmes)',
    refusal: 'programme_changed',
  }),
  guard({
    name: 'history_without_gaps',
    on: 'BEFORE INSERT ON history',
    when: 'NEW.seq > 1 AND NOT EXISTS (SELECT 1 FROM history WHERE account_id = NEW.account_id AND seq = NEW.seq - 1)',
    refusal: 'history_seq_gap',
  }),
  guard({
    name: 'ledger_balance_runs',
    on: 'BEFORE INSERT ON ledger',
    when: `NEW.balance_after_minor <> NEW.amount_minor + CASE NEW.seq WHEN 1 THEN 0 ELSE coalesce(
      (SELECT balance_after_minor FROM ledger WHERE account_id = NEW.account_id AND seq = NEW.seq - 1), NEW.amount_minor + 1) END`,
    refusal: 'ledger_balance_mismatch',
  }),
  guard({
    name: 'voucher_use_open',
    on: 'BEFORE INSERT ON voucher_uses',
    when: 'EXISTS (SELECT 1 FROM voucher_cancellations WHERE code = NEW.code)',
    refusal: 'voucher_cancelled',
  }),
  guard({
    name: 'voucher_cancellation_unused',
    on: 'BEFORE INSERT ON voucher_cancellations',
    when: 'EXISTS (SELECT 1 FROM voucher_uses WHERE code = NEW.code)',
    refusal: 'voucher_used',
  }),
  guard({
    name: 'bonuses_once',
    on: 'BEFORE INSERT ON bonuses',
    when: `EXISTS (SELECT 1 FROM bonuses WHERE account_id = NEW.account_id AND cause_kind = NEW.cause_kind
      AND cause_id = NEW.cause_id AND id NOT IN (SELECT bonus_id FROM bonus_reversals))`,
    refusal: 'bonus_given',
  }),
  guard({
    name: 'refund_lines_covered',
    on: 'BEFORE INSERT ON refund_lines',
    when: `NEW.amount_minor + coalesce((SELECT sum(amount_minor) FROM refund_lines
        WHERE order_id = NEW.order_id AND line_id = NEW.line_id), 0)
      > coalesce((SELECT total_minor - discount_minor FROM order_lines
        WHERE order_id = NEW.order_id AND line_id = NEW.line_id), 0)`,
    refusal: 'refund_exceeds_line',
  }),
  guard({
    name: 'settings_fixed',
    on: 'BEFORE UPDATE ON settings',
    when: `OLD.key IN ('currency', 'timeZone') AND NEW.value <> OLD.value AND (EXISTS (SELECT 1 FROM period_totals)
      OR (OLD.key = 'currency' AND EXISTS (SELECT 1 FROM ledger)))`,
    refusal: 'setting_is_fixed',
  }),
  guard({
    name: 'rule_versions_frozen',
    on: 'BEFORE UPDATE OF rule_id, version, definition, revision ON rule_versions',
    when: 'EXISTS (SELECT 1 FROM period_totals WHERE rule_id = OLD.rule_id AND version = OLD.version)',
    refusal: 'rule_version_frozen',
  }),
  guard({
    name: 'rule_versions_kept',
    on: 'BEFORE DELETE ON rule_versions',
    when: 'EXISTS (SELECT 1 FROM period_totals WHERE rule_id = OLD.rule_id AND version = OLD.version)',
    refusal: 'rule_version_frozen',
  }),
];

/** Statements that bring the triggers of a migrated database to exactly this set. */
export function triggerStatements(existing: readonly string[]): Statement[] {
  return [
    ...existing.map((name) => ({ sql: `DROP TRIGGER IF EXISTS "${name}"`, args: [] })),
    ...triggers.map(({ sql }) => ({ sql, args: [] })),
  ];
}

function appendOnlyTriggers(table: string, key: readonly string[]): Trigger[] {
  const same = key.map((column) => `${column} = NEW.${column}`).join(' AND ');
  return [
    guard({
      name: `${table}_no_update`,
      on: `BEFORE UPDATE ON ${table}`,
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

function guard(trigger: { name: string; on: string; when?: string; refusal: string }): Trigger {
  const when = trigger.when === undefined ? '' : ` WHEN ${trigger.when}`;
  return {
    name: trigger.name,
    sql: `CREATE TRIGGER ${trigger.name} ${trigger.on}${when} BEGIN SELECT RAISE(ABORT, 'refused: ${trigger.refusal}'); END`,
  };
}
