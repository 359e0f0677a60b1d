import { lastMoment } from './figures.ts';
import type { VoucherView } from './voucher-types.ts';

export interface VoucherRow {
  code: string;
  amountMinor: bigint;
  minimumMinor: bigint;
  currency: string;
  issuedAt: number;
  expiresAt: number | null;
  usedAt: number | null;
  cancelledAt: number | null;
  cancelledFor: string | null;
  returnsMinor: bigint;
}

/** A voucher with its state at a time. Its code is money to whoever has it, so only who may spend sees it. */
export function voucherView(row: VoucherRow, now: number, seesCode: boolean): VoucherView {
  const { code, currency, minimumMinor, issuedAt, expiresAt } = row;
  return {
    code: seesCode ? code : null,
    amount: { minor: row.amountMinor, currency },
    minimum: minimumMinor === 0n ? null : { minor: minimumMinor, currency },
    issuedAt,
    expiresAt: lastMoment(expiresAt),
    returns: row.returnsMinor === 0n ? null : { minor: row.returnsMinor, currency },
    state: stateAt(row, now),
  };
}

function stateAt(
  { usedAt, cancelledAt, cancelledFor, expiresAt }: VoucherRow,
  now: number,
): VoucherView['state'] {
  if (usedAt !== null) return 'used';
  if (cancelledAt !== null) return cancelledFor === 'lapsed' ? 'expired' : 'cancelled';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'open';
}
