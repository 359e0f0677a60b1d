/** What a signed-in customer may read of vouchers; `expiresAt` as in `statement-types.ts`. */
import type { Amount } from '../../ground/platform/money.ts';

export interface VoucherView {
  /** Null for who may not spend the balance. */
  code: string | null;
  amount: Amount;
  minimum: Amount | null;
  issuedAt: number;
  expiresAt: number | null;
  /** What goes back to the balance when it ends unused. */
  returns: Amount | null;
  state: 'open' | 'used' | 'expired' | 'cancelled';
}

/** A voucher as it is shown at the till; only to who may spend the balance of its account. */
export interface OwnVoucher extends VoucherView {
  code: string;
  /** Null for the customer's own account. */
  accountName: string | null;
  /** The dark squares of its code as a QR code, row by row. */
  squares: boolean[][];
}

/** What a voucher would be that is made now. */
export interface VoucherPreview extends Pick<VoucherView, 'expiresAt' | 'returns'> {
  mayRedeem: boolean;
  available: Amount;
  /** What was asked for; null when that was no amount. */
  amount: Amount | null;
}
