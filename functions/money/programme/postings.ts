import { statement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { Recounted } from './recount-all.ts';

/** Adds what a programme posted to what it posted before, where it was brought to the accounts in several goes. */
export async function recordPosted(ctx: Context, revision: number, posted: Recounted): Promise<void> {
  const { netMinor, entries, accounts } = posted;
  if (entries === 0) return;
  await ctx.db.write([
    statement(
      `INSERT INTO programme_postings (revision, net_minor, entries, accounts, at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (revision) DO UPDATE SET net_minor = net_minor + excluded.net_minor,
         entries = entries + excluded.entries, accounts = accounts + excluded.accounts, at = excluded.at`,
      revision,
      netMinor,
      entries,
      accounts,
      ctx.now(),
    ),
  ]);
}
