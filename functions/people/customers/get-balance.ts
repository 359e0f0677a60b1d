import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { BalanceAnswer } from '../../money/accounts/balance-answer.ts';
import { buildBalance } from '../../money/accounts/build-balance.ts';
import { onlyPlace } from '../../money/accounts/places.ts';
import { businessAt } from '../../money/business/business.ts';
import { noteLook } from '../looks/note-look.ts';
import { accountCurrency } from './account-currency.ts';
import { type AccountStanding, findStanding, listStandings } from './standing.ts';

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
  const { rootId, stamp, spend, ...standing } = await findAsked(ctx, asked);
  if (asked.customerId) noteLook(ctx, { customerId: asked.customerId, what: 'program' });
  const business = await businessAt(ctx, stamp);
  const currency = accountCurrency(business, spend);
  const parts = {
    root: { ...standing, id: rootId },
    currency,
    spendMinor: spend.find((one) => one.currency === currency)?.spendMinor ?? 0n,
    totals: standing.totals,
    lots: standing.lots,
  };
  return buildBalance(parts, business, ctx.now());
}

async function findAsked(
  { db }: Context,
  { customerId, accountId = null }: BalanceOf,
): Promise<AccountStanding> {
  if (customerId) return onlyPlace(db, await listStandings(db, customerId), accountId);
  const standing = accountId === null ? null : await findStanding(db, accountId);
  if (standing === null) throw new AppError('not_found', 'There is no such account.');
  return standing;
}
