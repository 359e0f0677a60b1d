import type { OrderAnswer } from '../orders/answer.ts';

/** The source of what staff sell at the till of the console. */
export const TILL = 'till';

/** A part of what is sold that rules may count apart; `totalMinor` after discounts. */
export interface TillLine {
  category: string | null;
  isGiftCard: boolean;
  totalMinor: bigint;
}

/** What of a sale a voucher pays, minor units. */
export interface VoucherPart {
  code: string;
  amountMinor: bigint;
}

/** A sale at the till, in minor units of the business currency. */
export interface TillSale {
  /** Made with the form, 32 hexadecimal digits: sent again, it is the same sale. */
  key: string;
  /** A customer we have, an address that is new to us, or nobody. */
  buyer: { kind: 'customer'; id: string } | { kind: 'email'; email: string } | null;
  /** Of a customer we have: which of their accounts buys. */
  accountId: string | null;
  lines: readonly TillLine[];
  vouchers: readonly VoucherPart[];
  creditMinor: bigint;
}

/** A sale that was recorded: the order, or what waits under a receipt code, and what paid a part of it. */
export interface Sold {
  order: OrderAnswer;
  vouchers: readonly VoucherPart[];
  creditMinor: bigint;
  totalMinor: bigint;
}

/** The number that a sale has, on receipts too. */
export const numberOf = ({ key }: Pick<TillSale, 'key'>) => `T-${key.slice(-12).toUpperCase()}`;

export const totalOf = (lines: readonly Pick<TillLine, 'totalMinor'>[]) =>
  lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0n);
