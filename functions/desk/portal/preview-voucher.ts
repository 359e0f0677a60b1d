import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { currencyExponent, parseDecimal, smallerOf } from '../../ground/platform/money.ts';
import { openLots } from '../../money/accounts/build-balance.ts';
import { choosePlace } from '../../money/accounts/own-places.ts';
import { confirmedOnly } from '../../money/accounts/places.ts';
import { businessAt } from '../../money/business/business.ts';
import { voucherTerms } from '../../money/redemptions/voucher-terms.ts';
import { accountCurrency } from '../../people/customers/account-currency.ts';
import { listStandings } from '../../people/customers/standing.ts';
import { lastMoment } from './figures.ts';
import type { VoucherPreview } from './voucher-types.ts';

/**
 * What a voucher of an amount would be, were it made now: how long it lasts, and what comes back when it ends unused.
 * Of all that is available when the amount, decimal text, is null, unreadable or more than that.
 * @throws {AppError} `not_found` for an account that is not theirs
 */
export async function previewVoucher(
  ctx: Context,
  asked: { accountId: string | null; amount: string | null },
): Promise<VoucherPreview> {
  const places = confirmedOnly(await listStandings(ctx.db, customerIdOf(ctx)));
  const place = await choosePlace(ctx, places, asked.accountId);
  const business = await businessAt(ctx, place.stamp);
  const currency = accountCurrency(business, place.spend);
  const now = ctx.now();
  const lots = openLots(place.lots, now);
  const availableMinor = lots.reduce((sum, { remaining }) => sum + remaining, 0n);
  const amount = (minor: bigint) => ({ minor, currency });
  const typed = asked.amount === null ? null : parseDecimal(asked.amount, currencyExponent(currency) ?? 0);
  const amountMinor = typed?.ok ? typed.minor : null;
  let missing = smallerOf(amountMinor ?? availableMinor, availableMinor);
  const taken = lots.flatMap(({ seq, remaining }) => {
    const part = smallerOf(remaining, missing);
    missing -= part;
    return part > 0n ? [{ lotSeq: seq, amount: part }] : [];
  });
  const { expiresAt, returnsMinor } = voucherTerms(taken, lots, now);
  return {
    mayRedeem: place.mayRedeem,
    amount: amountMinor === null ? null : amount(amountMinor),
    available: amount(availableMinor),
    expiresAt: lastMoment(expiresAt),
    returns: returnsMinor === 0n ? null : amount(returnsMinor),
  };
}
