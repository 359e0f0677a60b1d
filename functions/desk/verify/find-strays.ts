import type { Statement, Store } from '../../../db/store.ts';
import type { About } from '../../ground/platform/fill-words.ts';
import { type Difference, differing } from './difference.ts';
import type { WhatCode } from './what.ts';

const root = '(SELECT id FROM accounts WHERE id = root_id)';

/** Rows that hang on no root account or on no entry, and so are seen by no account's own check. */
const strays: readonly { code: WhatCode; of?: About; sql: string }[] = [
  ...[
    'counted_spend',
    'period_totals',
    'account_spend',
    'account_days',
    'account_categories',
    'account_levels',
    'account_years',
  ].map((table) => ({
    code: 'stray_rows' as const,
    of: { table },
    sql: `SELECT DISTINCT root_id FROM ${table} WHERE root_id NOT IN ${root}`,
  })),
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
    code: 'stray_rows' as const,
    of: { table },
    sql: `SELECT DISTINCT account_id FROM ${table} WHERE account_id NOT IN ${root}`,
  })),
  {
    code: 'stray_order',
    sql: 'SELECT o.id FROM orders AS o JOIN accounts AS a ON a.id = o.account_id WHERE a.root_id <> o.root_id',
  },
  {
    code: 'stray_sale',
    sql: 'SELECT o.id FROM waiting_sales AS w JOIN orders AS o ON o.source = w.source AND o.number = w.number',
  },
  {
    code: 'stray_adjustment',
    sql: `SELECT a.id FROM adjustments AS a LEFT JOIN ledger AS l ON l.account_id = a.account_id AND l.seq = a.entry_seq
      WHERE l.kind IS NOT 'adjust' OR l.cause IS NOT a.id`,
  },
  {
    code: 'stray_reversal',
    sql: `SELECT v.redemption_id FROM reversals AS v LEFT JOIN redemptions AS r ON r.id = v.redemption_id
      WHERE r.account_id IS NOT v.account_id`,
  },
  {
    code: 'stray_use',
    sql: `SELECT u.code FROM voucher_uses AS u LEFT JOIN vouchers AS v ON v.code = u.code
      WHERE v.account_id IS NOT u.account_id OR u.amount_minor > v.amount_minor
        OR u.code IN (SELECT code FROM voucher_cancellations)`,
  },
  {
    code: 'stray_voucher',
    sql: `SELECT v.code FROM vouchers AS v LEFT JOIN redemptions AS r ON r.id = v.redemption_id
      WHERE v.redemption_id IS NOT NULL AND (r.voucher_code IS NOT v.code OR r.amount_minor IS NOT v.amount_minor)`,
  },
  {
    code: 'stray_cancellation',
    sql: `SELECT c.code FROM voucher_cancellations AS c LEFT JOIN vouchers AS v ON v.code = c.code
      WHERE v.account_id IS NOT c.account_id`,
  },
  {
    code: 'stray_history',
    sql: `SELECT rows FROM (SELECT (SELECT count(*) FROM history) AS rows)
      WHERE rows <> (SELECT count(*) FROM feed_changes) OR rows <> (SELECT coalesce(max(position), 0) FROM feed_changes)`,
  },
  {
    code: 'stray_follower',
    sql: 'SELECT name FROM feed_positions WHERE position > (SELECT coalesce(max(position), 0) FROM feed_changes)',
  },
];

export async function findStrays(db: Store): Promise<Difference[]> {
  const found: Difference[] = [];
  // One after the other: each reads whole tables, and a server answers others meanwhile.
  for (const { code, of = {}, sql } of strays) {
    const rows = await db.read(oneHundred(sql));
    found.push(
      ...rows.map(([id]) => differing({ code, of }, { account: '', expected: 'nothing', found: String(id) })),
    );
  }
  return found;
}

function oneHundred(sql: string): Statement {
  return { sql: `${sql} LIMIT 100`, args: [] };
}
