import type { Trigger } from './guard.ts';

const isPayout = "kind IN ('payout', 'donation')";

/** What a donation is for; '' of payouts. */
const causeOf = (row: string) =>
  `CASE ${row}.kind WHEN 'donation' THEN coalesce(${row}.reference, '') ELSE '' END`;

const isOpen = 'EXISTS (SELECT 1 FROM open_payouts WHERE redemption_id = NEW.redemption_id)';
const wasPaid = `EXISTS (SELECT 1 FROM payout_steps AS s
  WHERE s.redemption_id = NEW.redemption_id AND s.seq = NEW.seq - 1 AND s.kind = 'paid')`;

/**
 * What keeps the open payouts and donations and their sums as redemptions and steps are. Whoever writes one of these need
 * not know that they are kept.
 */
export const payoutTriggers: readonly Trigger[] = [
  {
    name: 'open_payouts_asked',
    sql: `CREATE TRIGGER open_payouts_asked AFTER INSERT ON redemptions WHEN NEW.${isPayout} BEGIN
      INSERT INTO open_payouts (redemption_id, kind, cause, currency, at)
      VALUES (NEW.id, NEW.kind, ${causeOf('NEW')}, NEW.currency, NEW.at);
      INSERT INTO payout_sums (kind, cause, currency, open_count, open_minor, paid_minor)
      VALUES (NEW.kind, ${causeOf('NEW')}, NEW.currency, 1, NEW.amount_minor, 0)
      ON CONFLICT (kind, cause, currency) DO UPDATE SET open_count = open_count + 1, open_minor = open_minor + excluded.open_minor; END`,
  },
  {
    name: 'open_payouts_moved',
    sql: `CREATE TRIGGER open_payouts_moved AFTER INSERT ON payout_steps BEGIN
      UPDATE payout_sums SET
        open_count = open_count + (NEW.kind = 'unpaid') - ${isOpen},
        open_minor = open_minor + ((NEW.kind = 'unpaid') - ${isOpen}) * r.amount_minor,
        paid_minor = paid_minor + ((NEW.kind = 'paid') - ${wasPaid}) * r.amount_minor
      FROM redemptions AS r WHERE r.id = NEW.redemption_id AND payout_sums.kind = r.kind
        AND payout_sums.cause = ${causeOf('r')} AND payout_sums.currency = r.currency;
      DELETE FROM open_payouts WHERE redemption_id = NEW.redemption_id;
      INSERT INTO open_payouts (redemption_id, kind, cause, currency, at)
      SELECT id, kind, ${causeOf('r')}, currency, at FROM redemptions AS r
      WHERE NEW.kind = 'unpaid' AND r.id = NEW.redemption_id AND r.${isPayout}; END`,
  },
];
