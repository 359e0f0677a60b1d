import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import type { Moment } from '../../../ground/platform/moment.ts';
import type { Amount } from '../../../ground/platform/money.ts';
import { qrSquares } from '../../../ground/platform/qr-squares.ts';
import { spendOf, stateOf } from '../../../money/orders/order-state.ts';
import { findSaleByReceipt } from '../../../money/orders/waiting/find-by-receipt.ts';

/** The slip with which whoever bought makes the sale theirs. */
export interface ReceiptSlip {
  code: string;
  number: string;
  placedAt: Moment;
  amount: Amount;
  /** Where the code is entered, with the code. */
  address: string;
  /** The dark squares of the address as a QR code, row by row. */
  squares: boolean[][];
}

/**
 * The slip of a sale that waits for its customer. `path` is of the page where the code is entered.
 * @throws {AppError} `not_found` once it is somebody's, `unauthenticated`, `forbidden`
 */
export async function getReceiptSlip(
  ctx: Context,
  { code, path }: { code: string; path: string },
): Promise<ReceiptSlip> {
  allow(ctx.actor, 'orders:read');
  const sale = await findSaleByReceipt(ctx, code);
  if (sale === null) throw new AppError('not_found', 'No purchase waits under this code.');
  const { order, receiptCode } = sale;
  const address = new URL(path, ctx.config.publicUrl);
  return {
    code: receiptCode,
    number: order.number,
    placedAt: order.placedAt,
    amount: { minor: spendOf(stateOf(order)), currency: order.currency },
    address: `${address.host}${address.pathname}`,
    squares: qrSquares(`${address.href}?code=${receiptCode}`),
  };
}
