import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { versionKey } from '../../money/rewards/compile.ts';
import { pendingOf } from '../../money/rewards/settle.ts';
import { findMainCurrency, listPendingTotals, listSums } from './account-queries.ts';
import { listRootsByEmail } from './roots-by-email.ts';

/** One root account's balance in minor units; `account` is empty for a customer's own. See DOMAIN §4, `balances`. */
export interface AccountBalance {
  account: string;
  email: string;
  currency: string;
  /** Σ(total − discount − refunds) of its orders in that currency, cancelled ones left out. */
  spend: bigint;
  available: bigint;
  pending: bigint;
  debt: bigint;
}

/**
 * The balances of all root accounts in pages, by email. The currency is the business's; while none is set, the one
 * most orders have.
 */
export async function* listBalances(ctx: Context): AsyncGenerator<AccountBalance[]> {
  allow(ctx.actor, 'customers:read');
  const business = await getBusiness(ctx);
  const currency = business.currency ?? (await findMainCurrency(ctx.db))[0]?.currency ?? '';
  for await (const roots of listRootsByEmail(ctx.db)) {
    const ids = JSON.stringify(roots.map(({ id }) => id));
    const [sums, totals] = await Promise.all([
      listSums(ctx.db, { ids, currency, now: ctx.now() }),
      listPendingTotals(ctx.db, { ids }),
    ]);
    const sumsOf = new Map(sums.map((row) => [row.id, row]));
    const pendingByRoot = new Map<string, bigint>();
    for (const total of totals) {
      const version = business.compiled?.versionByKey.get(versionKey(total.ruleId, total.version));
      if (version === undefined) continue;
      const before = pendingByRoot.get(total.rootId) ?? 0n;
      pendingByRoot.set(total.rootId, before + pendingOf(version, total));
    }
    yield roots.map(({ id, name, email, balanceMinor }) => ({
      account: name,
      email,
      currency,
      spend: BigInt(sumsOf.get(id)?.spendMinor ?? 0n),
      available: BigInt(sumsOf.get(id)?.availableMinor ?? 0n),
      pending: pendingByRoot.get(id) ?? 0n,
      debt: balanceMinor < 0n ? -balanceMinor : 0n,
    }));
  }
}
