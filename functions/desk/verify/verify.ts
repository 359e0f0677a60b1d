import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { allAccounts, checkAccounts, type OnProgress } from './check-accounts.ts';
import { checkFigures } from './check-figures.ts';
import { checkSales } from './check-sales.ts';
import { findStrays } from './find-strays.ts';
import { addDifferences, type Verified } from './verified.ts';

/** A way to check all accounts, as `checkAccounts` does. */
export type CheckAll = (ctx: Context, onProgress: OnProgress) => Promise<Verified>;

/**
 * Recomputes everything from orders, rules and causes and compares it with what is kept (DOMAIN §2, Proof): counted
 * spend, totals, order states, ledger with its chain, lots, balances, redemptions, history, conservation. Writes
 * nothing. What a job has yet to settle or to expire is no difference.
 */
export async function verify(
  ctx: Context,
  {
    onProgress = () => undefined,
    checkAll = checkHere,
  }: { onProgress?: OnProgress; checkAll?: CheckAll } = {},
): Promise<Verified> {
  allow(ctx.actor, 'customers:read');
  const verified = await checkAll(ctx, onProgress);
  addDifferences(verified, await findStrays(ctx.db.fresh));
  addDifferences(verified, await checkSales(ctx.db.fresh));
  const { timeZone } = await getBusiness({ ...ctx, db: ctx.db.fresh });
  addDifferences(verified, await checkFigures(ctx.db.fresh, { timeZone }));
  return verified;
}

const checkHere: CheckAll = (ctx, onProgress) => checkAccounts(ctx, allAccounts, onProgress);
