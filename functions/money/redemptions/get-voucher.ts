import { allow } from '../../ground/platform/allow.ts';
import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import type { VoucherAnswer } from './answer.ts';
import { findVoucher } from './queries.ts';

/** One voucher with what became of it. @throws {AppError} `not_found` */
export async function getVoucher(ctx: Context, { code }: { code: string }): Promise<VoucherAnswer> {
  allow(ctx.actor, 'redemptions:read');
  return toVoucherAnswer(await loadVoucher(ctx, normalCode(code)), ctx.now());
}

export type Voucher = Awaited<ReturnType<typeof findVoucher>>[number];

/** @throws {AppError} `not_found` */
export async function loadVoucher(ctx: Context, code: string): Promise<Voucher> {
  const [voucher] = await findVoucher(ctx.db.fresh, { code });
  if (voucher === undefined) throw new AppError('not_found', 'There is no such voucher.');
  return voucher;
}

/** A voucher as the API answers it. */
export function toVoucherAnswer(voucher: Voucher, now: number): VoucherAnswer {
  const money = (minor: bigint) => toMoneyJson(minor, voucher.currency);
  const { usedAt, usedMinor, orderSource, orderNumber, expiresAt } = voucher;
  const isUsed = usedAt !== null && usedMinor !== null && orderSource !== null && orderNumber !== null;
  return {
    code: voucher.code,
    amount: money(voucher.amountMinor),
    minimum: voucher.minimumMinor === 0n ? null : money(voucher.minimumMinor),
    issuedAt: instantText(voucher.issuedAt),
    expiresAt: expiresAt === null ? null : instantText(expiresAt),
    returns: voucher.returnsMinor === 0n ? null : money(voucher.returnsMinor),
    state: stateOf(voucher, now),
    use: isUsed
      ? {
          order: { source: orderSource, number: orderNumber },
          amount: money(usedMinor),
          at: instantText(usedAt),
        }
      : null,
  };
}

function stateOf(
  { usedAt, cancelledAt, cancelledFor, expiresAt }: Voucher,
  now: number,
): VoucherAnswer['state'] {
  if (usedAt !== null) return 'used';
  if (cancelledAt !== null) return cancelledFor === 'lapsed' ? 'expired' : 'cancelled';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'open';
}
