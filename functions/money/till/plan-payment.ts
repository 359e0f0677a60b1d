import { smallerOf } from '../../ground/platform/money.ts';
import type { VoucherPart } from './sale.ts';

/** A voucher that is shown at the till. */
export interface OfferedVoucher {
  code: string;
  amountMinor: bigint;
  /** When it ends, epoch milliseconds; null = never. */
  expiresAt: number | null;
}

export interface PaymentPlan {
  vouchers: VoucherPart[];
  creditMinor: bigint;
  /** What is left to pay in money. */
  toPayMinor: bigint;
  /** What vouchers are worth beyond what they pay here; it is gone once they are used. */
  lostMinor: bigint;
  /** Vouchers that are not needed, since others pay all of it. */
  spare: string[];
}

/**
 * How a sale is paid: by the vouchers, those that end first before the others, then by credit, `all` of it or an amount.
 * Minor units; nothing pays more than the total.
 */
export function planPayment(asked: {
  totalMinor: bigint;
  vouchers: readonly OfferedVoucher[];
  credit: bigint | 'all';
  availableMinor: bigint;
}): PaymentPlan {
  let toPayMinor = asked.totalMinor;
  let lostMinor = 0n;
  const vouchers: VoucherPart[] = [];
  const spare: string[] = [];
  for (const { code, amountMinor } of asked.vouchers.toSorted(byEnd)) {
    const paid = smallerOf(amountMinor, toPayMinor);
    if (paid === 0n) {
      spare.push(code);
      continue;
    }
    vouchers.push({ code, amountMinor: paid });
    lostMinor += amountMinor - paid;
    toPayMinor -= paid;
  }
  const creditMinor = asked.credit === 'all' ? smallerOf(asked.availableMinor, toPayMinor) : asked.credit;
  return { vouchers, creditMinor, toPayMinor: toPayMinor - creditMinor, lostMinor, spare };
}

function byEnd(a: OfferedVoucher, b: OfferedVoucher): number {
  const [first, second] = [a.expiresAt ?? Infinity, b.expiresAt ?? Infinity];
  if (first !== second) return first < second ? -1 : 1;
  return a.code < b.code ? -1 : 1;
}
