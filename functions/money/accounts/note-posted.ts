import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';

/**
 * Adds what a programme posted for one account to what it posted for others. It rides along with the account's own write, so
 * that each is in the sum once, wherever the work on them is cut off. Nothing where it posted nothing.
 */
export function notePosted(
  { now }: Pick<Context, 'now'>,
  revision: number,
  entries: readonly { amount: bigint }[],
): Statement[] {
  if (entries.length === 0) return [];
  const netMinor = entries.reduce((sum, { amount }) => sum + amount, 0n);
  return [
    statement(
      `INSERT INTO programme_postings (revision, net_minor, entries, accounts, at) VALUES (?, ?, ?, 1, ?)
       ON CONFLICT (revision) DO UPDATE SET net_minor = net_minor + excluded.net_minor,
         entries = entries + excluded.entries, accounts = accounts + 1, at = excluded.at`,
      ...[revision, netMinor, entries.length, now()],
    ),
  ];
}
