import type { Statement, Store } from '../../../db/store.ts';
import type { Difference } from './difference.ts';

const root = '(SELECT id FROM accounts WHERE id = root_id)';

/** Rows that hang on no root account or on no entry, and so are seen by no account's own check. */
const strays: readonly { what: string; sql: string }[] = [
  ...['counted_spend', 'period_totals', 'account_spend', 'account_days', 'account_categories'].map(
    (table) => ({
      what: `${table} of no account`,
      sql: `SELECT DISTINCT root_id FROM ${table} WHERE root_id NOT IN ${root}`,
    }),
  ),
  ...[
    'ledger',
    'lots',
    'history',
    'redemptions',
    'vouchers',
    'bonuses',
    'bonus_reversals',
    'account_facts',
  ].map((table) => ({
    what: `${table} of no account`,
    sql: `SELECT DISTINCT account_id FROM ${table} WHERE account_id NOT IN ${root}`,
  })),
  {
    what: 'order under another root than its account',
    sql: 'SELECT o.id FROM orders AS o JOIN accounts AS a ON a.id = o.account_id WHERE a.root_id <> o.root_id',
  },
  {
    what: 'order that waits as a sale of nobody, too',
    sql: 'SELECT o.id FROM waiting_sales AS w JOIN orders AS o ON o.source = w.source AND o.number = w.number',
  },
  {
    what: 'adjustment without its entry',
    sql: `SELECT a.id FROM adjustments AS a LEFT JOIN ledger AS l ON l.account_id = a.account_id AND l.seq = a.entry_seq
      WHERE l.kind IS NOT 'adjust' OR l.cause IS NOT a.id`,
  },
  {
    what: 'reversal of another account',
    sql: `SELECT v.redemption_id FROM reversals AS v LEFT JOIN redemptions AS r ON r.id = v.redemption_id
      WHERE r.account_id IS NOT v.account_id`,
  },
  {
    what: 'voucher used beyond its worth, or of another account',
    sql: `SELECT u.code FROM voucher_uses AS u LEFT JOIN vouchers AS v ON v.code = u.code
      WHERE v.account_id IS NOT u.account_id OR u.amount_minor > v.amount_minor
        OR u.code IN (SELECT code FROM voucher_cancellations)`,
  },
  {
    what: 'voucher unlike its redemption',
    sql: `SELECT v.code FROM vouchers AS v LEFT JOIN redemptions AS r ON r.id = v.redemption_id
      WHERE v.redemption_id IS NOT NULL AND (r.voucher_code IS NOT v.code OR r.amount_minor IS NOT v.amount_minor)`,
  },
  {
    what: 'cancellation of no voucher',
    sql: `SELECT c.code FROM voucher_cancellations AS c LEFT JOIN vouchers AS v ON v.code = c.code
      WHERE v.account_id IS NOT c.account_id`,
  },
  {
    what: 'history that is not in the feed, or twice',
    sql: `SELECT rows FROM (SELECT (SELECT count(*) FROM history) AS rows)
      WHERE rows <> (SELECT count(*) FROM feed_changes) OR rows <> (SELECT coalesce(max(position), 0) FROM feed_changes)`,
  },
  {
    what: 'follower beyond the newest change',
    sql: 'SELECT name FROM feed_positions WHERE position > (SELECT coalesce(max(position), 0) FROM feed_changes)',
  },
];

export async function findStrays(db: Store): Promise<Difference[]> {
  const found: Difference[] = [];
  // One after the other: each reads whole tables, and a server answers others meanwhile.
  for (const { what, sql } of strays) {
    const rows = await db.read(oneHundred(sql));
    found.push(...rows.map(([id]) => ({ account: '', what, expected: 'nothing', found: String(id) })));
  }
  return found;
}

function oneHundred(sql: string): Statement {
  return { sql: `${sql} LIMIT 100`, args: [] };
}
