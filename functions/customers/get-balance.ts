import { totalsByKey } from '../accounts/root.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { getBusiness } from '../programme/business.ts';
import { accountCurrency } from './account-currency.ts';
import type { BalanceAnswer } from './answer.ts';
import { buildBalance } from './build-balance.ts';
import { findRootOf, listOpenLots, listSpend, listTotalsOf } from './queries.ts';
import { findPlace, type Place } from './resolve-account.ts';

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
  const [business, { rootId, ...root }] = await Promise.all([getBusiness(ctx), findRoot(ctx, asked)]);
  const [totals, lots, spend] = await Promise.all([
    listTotalsOf(db, { rootId }),
    listOpenLots(db, { rootId }),
    listSpend(db, { rootId }),
  ]);
  const currency = accountCurrency(business, spend);
  const parts = {
    root: { ...root, id: rootId },
    currency,
    spendMinor: spend.find((one) => one.currency === currency)?.spendMinor ?? 0n,
    totals: totalsByKey(totals),
    lots,
  };
  return buildBalance(parts, business, ctx.now());
}

type FoundRoot = Pick<Place, 'rootId' | 'firstPlacedAt' | 'signedUpAt' | 'clubSpans' | 'balanceMinor'>;

async function findRoot({ db }: Context, { customerId, accountId = null }: BalanceOf): Promise<FoundRoot> {
  if (customerId) return findPlace(db, { customerId, accountId });
  const [root] = await findRootOf(db, { accountId });
  if (root === undefined) throw new AppError('not_found', 'There is no such account.');
  return root;
}
