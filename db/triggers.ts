import { appendOnlyTriggers } from './append-only.ts';
import { audienceTriggers } from './audience-triggers.ts';
import { isErasing } from './erasable.ts';
import { guard, type Trigger } from './guard.ts';
import { payoutTriggers } from './payout-triggers.ts';
import { searchTriggers } from './search-triggers.ts';
import type { Statement } from './store.ts';

/**
 * The guards that live in the database. They are re-created after every migration, since a table
 * rebuild drops them, and compared by name and text at every start.
 */
export const triggers: readonly Trigger[] = [
  ...appendOnlyTriggers,
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
  ...['INSERT', 'UPDATE'].map((act) =>
    guard({
      name: `account_spend_exact_${act.toLowerCase()}`,
      on: `BEFORE ${act} ON account_spend`,
      when: 'abs(NEW.spend_minor) > 9007199254740991',
      refusal: 'sum_too_large',
    }),
  ),
  guard({
    name: 'payout_steps_standing',
    on: 'BEFORE INSERT ON payout_steps',
    when: "NEW.kind <> 'returned' AND EXISTS (SELECT 1 FROM reversals WHERE redemption_id = NEW.redemption_id)",
    refusal: 'redemption_reversed',
  }),
  guard({
    name: 'bonuses_once',
    on: 'BEFORE INSERT ON bonuses',
    when: `EXISTS (SELECT 1 FROM bonuses WHERE account_id = NEW.account_id AND cause_kind = NEW.cause_kind
      AND cause_id = NEW.cause_id AND id NOT IN (SELECT bonus_id FROM bonus_reversals))`,
    refusal: 'bonus_given',
  }),
  // Whoever writes history need not know that it is followed (docs/decisions/0030-change-feed.md).
  {
    name: 'history_is_followed',
    sql: `CREATE TRIGGER history_is_followed AFTER INSERT ON history BEGIN
      INSERT INTO feed_changes (account_id, seq) VALUES (NEW.account_id, NEW.seq); END`,
  },
  guard({
    name: 'club_memberships_one_open',
    on: 'BEFORE INSERT ON club_memberships',
    when: `EXISTS (SELECT 1 FROM club_memberships WHERE account_id = NEW.account_id
      AND id NOT IN (SELECT membership_id FROM club_endings WHERE account_id = NEW.account_id))`,
    refusal: 'club_member_already',
  }),
  guard({
    name: 'drop_claims_while_open',
    on: 'BEFORE INSERT ON drop_claims',
    when: `EXISTS (SELECT 1 FROM drop_closings WHERE drop_id = NEW.drop_id)
      OR NEW.at >= (SELECT closes_at FROM drops WHERE id = NEW.drop_id)`,
    refusal: 'drop_closed',
  }),
  guard({
    name: 'drop_grants_within_stock',
    on: 'BEFORE INSERT ON drop_grants',
    when: `(SELECT count(*) FROM drop_grants WHERE drop_id = NEW.drop_id AND claim_id NOT IN (
        SELECT claim_id FROM drop_claim_endings WHERE drop_id = NEW.drop_id AND outcome <> 'collected'))
      >= (SELECT stock FROM drops WHERE id = NEW.drop_id)`,
    refusal: 'drop_out_of_stock',
  }),
  guard({
    name: 'survey_rest',
    on: 'BEFORE INSERT ON survey_invitations',
    when: `NEW.occasion NOT LIKE 'import %' AND EXISTS (SELECT 1 FROM survey_invitations WHERE customer_id = NEW.customer_id AND at > NEW.at - 86400000 *
      coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'surveyRestDays'), 60))`,
    refusal: 'survey_rest',
  }),
  guard({
    name: 'survey_versions_frozen',
    on: 'BEFORE UPDATE ON survey_versions',
    when: 'EXISTS (SELECT 1 FROM survey_invitations WHERE survey_id = OLD.survey_id AND version = OLD.version)',
    refusal: 'survey_version_frozen',
  }),
  guard({
    name: 'survey_versions_kept',
    on: 'BEFORE DELETE ON survey_versions',
    refusal: 'survey_version_frozen',
  }),
  ...['INSERT', 'UPDATE'].map((verb) =>
    guard({
      name: `survey_answers_${verb.toLowerCase()}_open`,
      on: `BEFORE ${verb} ON survey_answers`,
      when: `EXISTS (SELECT 1 FROM survey_finishes WHERE invitation_id = NEW.invitation_id)${verb === 'UPDATE' ? ` AND NOT ${isErasing}` : ''}`,
      refusal: 'survey_finished',
    }),
  ),
  guard({
    name: 'survey_answers_delete_open',
    on: 'BEFORE DELETE ON survey_answers',
    when: 'EXISTS (SELECT 1 FROM survey_finishes WHERE invitation_id = OLD.invitation_id)',
    refusal: 'survey_finished',
  }),
  guard({
    name: 'testimonial_excerpts_quoted',
    on: 'BEFORE INSERT ON testimonial_decisions',
    when: `NEW.excerpt IS NOT NULL
      AND instr((SELECT text FROM testimonials WHERE id = NEW.testimonial_id), NEW.excerpt) = 0`,
    refusal: 'not_an_excerpt',
  }),
  guard({
    name: 'testimonial_decisions_standing',
    on: 'BEFORE INSERT ON testimonial_decisions',
    when: 'EXISTS (SELECT 1 FROM testimonial_withdrawals WHERE testimonial_id = NEW.testimonial_id)',
    refusal: 'testimonial_withdrawn',
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
    name: 'customers_keep_email',
    on: 'BEFORE UPDATE OF email ON customers',
    when: `OLD.email IS NOT NULL AND NEW.email IS NULL AND NOT EXISTS (SELECT 1 FROM customer_merges AS m
      WHERE m.merged_id = OLD.id AND m.id NOT IN (SELECT merge_id FROM customer_merge_undos)) AND NOT ${isErasing}`,
    refusal: 'email_kept',
  }),
  guard({
    name: 'customer_merges_standing',
    on: 'BEFORE INSERT ON customer_merges',
    when: `EXISTS (SELECT 1 FROM customer_merges AS m WHERE m.merged_id IN (NEW.merged_id, NEW.survivor_id)
      AND m.id NOT IN (SELECT merge_id FROM customer_merge_undos))`,
    refusal: 'merged_already',
  }),
  // Whoever queues a letter need not ask whether there is an address for it.
  {
    name: 'outbox_without_address',
    sql: `CREATE TRIGGER outbox_without_address BEFORE INSERT ON outbox WHEN NEW.address IS NULL
      AND EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id AND email IS NULL) BEGIN SELECT RAISE(IGNORE); END`,
  },
  // A sale of nobody and an order never stand under the same name; a sale that was given does not come back.
  guard({
    name: 'orders_not_waiting',
    on: 'BEFORE INSERT ON orders',
    when: 'EXISTS (SELECT 1 FROM waiting_sales WHERE source = NEW.source AND number = NEW.number)',
    refusal: 'sale_waiting',
  }),
  guard({
    name: 'waiting_sales_of_nobody',
    on: 'BEFORE INSERT ON waiting_sales',
    when: `EXISTS (SELECT 1 FROM orders WHERE source = NEW.source AND number = NEW.number)
      OR (NEW.version > 1 AND NOT EXISTS (SELECT 1 FROM waiting_sales WHERE id = NEW.id))`,
    refusal: 'sale_given',
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
  ...payoutTriggers,
  ...audienceTriggers,
  ...searchTriggers,
  {
    name: 'customer_figures_renamed',
    sql: `CREATE TRIGGER customer_figures_renamed AFTER UPDATE OF name, email ON customers
      WHEN OLD.name IS NOT NEW.name OR OLD.email IS NOT NEW.email BEGIN
      UPDATE customer_figures SET name_key = NULL WHERE customer_id = NEW.id; END`,
  },
];

/** Statements that take away the triggers that exist and create exactly this set. */
export function triggerStatements(existing: readonly string[]): {
  dropped: Statement[];
  created: Statement[];
} {
  return {
    dropped: existing.map((name) => ({ sql: `DROP TRIGGER "${name}"`, args: [] })),
    created: triggers.map(({ sql }) => ({ sql, args: [] })),
  };
}
