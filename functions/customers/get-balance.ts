import { listTotals } from '../accounts/queries.ts';
import { totalsByKey } from '../accounts/root.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { AppError, assert } from '../platform/errors.ts';
import { getBusiness } from '../programme/business.ts';
import { accountCurrency } from './account-currency.ts';
import type { BalanceAnswer } from './answer.ts';
import { buildBalance } from './build-balance.ts';
import { findAccount, findRoot, listOpenLots, listSpend } from './queries.ts';
import { findPlace } from './resolve-account.ts';

/** Whose balance: a customer's only account or the one named, or an account by itself. */
export interface BalanceOf {
  customerId?: string | null;
  accountId?: string | null;
}

/**
 * What a root account has to spend, owes and waits for; a department's balance is its root's.
 * @throws {AppError} `not_found`, `account_required`
 */
export async function getBalance(ctx: Context, asked: BalanceOf): Promise<BalanceAnswer> {
  allow(ctx.actor, 'customers:read');
  const { db } = ctx;
  const [business, rootId] = await Promise.all([getBusiness(ctx), findRootId(ctx, asked)]);
  const [[root], totals, lots, spend] = await Promise.all([
    findRoot(db, { id: rootId }),
    listTotals(db, { ids: JSON.stringify([rootId]) }),
    listOpenLots(db, { rootId }),
    listSpend(db, { rootId }),
  ]);
  assert(root !== undefined, 'every account has a root account');
  const currency = accountCurrency(business, spend);
  const spendMinor = spend.find((one) => one.currency === currency)?.spendMinor ?? 0n;
  return buildBalance({ root, currency, spendMinor, totals: totalsByKey(totals), lots }, business, ctx.now());
}

async function findRootId({ db }: Context, { customerId, accountId = null }: BalanceOf): Promise<string> {
  if (customerId) return (await findPlace(db, { customerId, accountId })).rootId;
  const [account] = await findAccount(db, { id: accountId });
  if (account === undefined) throw new AppError('not_found', 'There is no such account.');
  return account.rootId;
}
