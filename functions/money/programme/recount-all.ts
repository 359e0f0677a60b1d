import type { Context } from '../../ground/platform/context.ts';
import { passOver } from '../accounts/change-account.ts';
import { inSteps } from '../accounts/in-steps.ts';
import type { Business } from '../business/business.ts';
import { recountAccounts } from '../orders/recount.ts';
import { listRoots, listUnsettledRoots } from './queries.ts';

/** What bringing all accounts up to a programme posted: net minor units, ledger entries, accounts with any. */
export interface Recounted {
  netMinor: bigint;
  entries: number;
  accounts: number;
}

export interface RecountOptions {
  isDryRun?: boolean;
  onProgress?: (accounts: number) => void;
  /** Asked after each step: whether the rest has to wait for another run. */
  isOver?: () => boolean;
}

/**
 * Brings every root account the programme in force has not reached yet up to it, in small atomic steps: interrupted,
 * it goes on where it was. A dry run counts all accounts under `business` and writes nothing.
 */
export async function recountAll(
  ctx: Context,
  business: Business,
  options: RecountOptions = {},
): Promise<Recounted> {
  const posted: Recounted = { netMinor: 0n, entries: 0, accounts: 0 };
  let after = { settledRevision: -2, id: '' };
  let seen = 0;
  for (;;) {
    const roots =
      options.isDryRun === true
        ? await listRoots(ctx.db.fresh, after)
        : await listUnsettledRoots(ctx.db.fresh, { revision: business.revision, ...after });
    const last = roots.at(-1);
    if (last === undefined) break;
    const ids = roots.map(({ id }) => id);
    for (const step of await inSteps(ctx.db.fresh, ids)) {
      for (const { outcome, plan } of await recountAccounts(ctx, business, step, options)) {
        if (!outcome.ok) {
          passOver(ctx, outcome.error, plan.root.id);
          continue;
        }
        posted.accounts += plan.entries.length > 0 ? 1 : 0;
        posted.entries += plan.entries.length;
        for (const { amount } of plan.entries) posted.netMinor += amount;
      }
    }
    after = last;
    seen += roots.length;
    options.onProgress?.(seen);
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (options.isOver?.() === true) break;
  }
  return posted;
}
