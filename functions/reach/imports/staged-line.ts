import type { ParsedTime } from '../../ground/platform/business-time.ts';
import type { EventStatus } from '../../money/orders/statuses.ts';
import type { Reason } from './reason.ts';

/** A moment as the file told it: a day, a time of the business's clock, or an instant. */
export type StagedMoment = Exclude<ParsedTime, { ok: false }>;

/** What belongs to the order and may stand on any of its rows; null where the row is silent. */
export interface OrderFields {
  shipping: bigint | null;
  tax: bigint | null;
  status: EventStatus | null;
  deliveredAt: StagedMoment | null;
  /** `YYYY-MM-DD`. */
  promisedBy: string | null;
  carrier: string | null;
  trackingNumber: string | null;
  /** Tax that is inside the prices. */
  taxIncluded: bigint | null;
  /** To be shared out over the lines, see `TillRow`. */
  orderDiscount: bigint | null;
  orderSubtotal: bigint | null;
  orderRefunded: bigint | null;
  /** All that was paid, see `TillRow`. */
  orderTotal: bigint | null;
}

/** One valid row. Money in minor units of `currency`; quantity in thousandths. */
export interface StagedLine extends OrderFields {
  line: number;
  source: string;
  number: string;
  email: string | null;
  /** What the source calls the customer; with an email beside, the email stands above. */
  key: string | null;
  name: string | null;
  account: string | null;
  department: string | null;
  currency: string;
  placedAt: StagedMoment;
  sku: string | null;
  product: string | null;
  category: string | null;
  quantityMilli: number;
  total: bigint;
  discount: bigint;
  refunded: bigint;
  lineTax: bigint | null;
  lineShipping: bigint | null;
  rowId: string | null;
  /** What is left of the quantity after refunds; `total` is then of that alone. Null where refunds are not taken off. */
  leftMilli: number | null;
  /** Beside `leftMilli`: what one of them costs, a plain decimal. */
  unitPrice: string | null;
  isGiftCard: boolean;
  /** The row tells of the order as a whole and sells nothing. */
  isWithoutLine: boolean;
  /** The row gives back `total` of goods sold in the same order. */
  isRefund: boolean;
  refundId: string | null;
  refundedAt: StagedMoment | null;
  /** Beside `isRefund`: see `TillRow`. */
  isCredit: boolean;
  refundedOrder: string | null;
  isTaxInside: boolean;
  /** The goods are no longer part of the order. */
  isCancelled: boolean;
  /** The row is all goods of the order as one sum. */
  isSum: boolean;
}

/** Who buys: `account:NAME`, or for a customer's own account `customer:EMAIL` or their key. A sale of nobody is by itself. */
export function accountKeyOf({
  account,
  email,
  key,
  source,
  number,
}: Pick<StagedLine, 'account' | 'email' | 'key' | 'source' | 'number'>): string {
  if (email === null && key === null) return `nobody:${number}\x1f${source}`;
  if (account !== null) return `account:${account}`;
  return email === null ? `key:${key}\x1f${source}` : `customer:${email}`;
}

/** A row that is left out, with the physical line it starts on; `order` is null when the row does not tell it. */
export interface RowError {
  line: number;
  order: string | null;
  reason: Reason;
}
