import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { qrSquares } from '../../ground/platform/qr-squares.ts';
import { listOwnPlaces } from '../../money/accounts/own-places.ts';
import { loadVoucher } from '../../money/redemptions/get-voucher.ts';
import type { OwnVoucher } from './voucher-types.ts';
import { voucherView } from './voucher-view.ts';

/**
 * One voucher to show at the till. Its code is money, so it is there for who may spend the account's balance alone.
 * @throws {AppError} `not_found`
 */
export async function getOwnVoucher(ctx: Context, asked: { code: string }): Promise<OwnVoucher> {
  const [places, voucher] = await Promise.all([listOwnPlaces(ctx), loadVoucher(ctx, normalCode(asked.code))]);
  const place = places.find(({ rootId }) => rootId === voucher.rootId);
  if (place === undefined || !place.mayRedeem || place.departments !== null)
    throw new AppError('not_found', 'There is no such voucher.');
  const { code } = voucher;
  return {
    ...voucherView(voucher, ctx.now(), true),
    code,
    accountName: place.name,
    squares: qrSquares(code),
  };
}
