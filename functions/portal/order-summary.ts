import { accounts, orders } from '../../db/schema/index.ts';
import type { Place } from '../customers/resolve-account.ts';
import { orderStatuses } from '../orders/order.ts';
import { assert } from '../platform/errors.ts';
import type { OrderStatus, OrderSummary } from './types.ts';

/** The columns a summary is made of; `accounts` is the order's own account. */
export const summaryColumns = {
  source: orders.source,
  number: orders.number,
  rootId: orders.rootId,
  accountId: orders.accountId,
  placedAt: orders.placedAt,
  placedOn: orders.placedOn,
  status: orders.status,
  statusAt: orders.statusAt,
  statusOn: orders.statusOn,
  currency: orders.currency,
  totalMinor: orders.totalMinor,
  discountMinor: orders.discountMinor,
  refundedMinor: orders.refundedMinor,
  shippingMinor: orders.shippingMinor,
  taxMinor: orders.taxMinor,
  lineCount: orders.lineCount,
  firstProduct: orders.firstProduct,
  accountName: accounts.name,
};

export interface SummaryRow {
  source: string;
  number: string;
  rootId: string;
  accountId: string;
  placedAt: number;
  placedOn: string | null;
  status: string;
  statusAt: number;
  statusOn: string | null;
  currency: string;
  totalMinor: bigint;
  discountMinor: bigint;
  refundedMinor: bigint;
  shippingMinor: bigint | null;
  taxMinor: bigint | null;
  lineCount: number;
  firstProduct: string | null;
  accountName: string;
}

export function summaryOf(row: SummaryRow, places: readonly Place[]): OrderSummary {
  const { currency } = row;
  const minor = row.totalMinor - row.discountMinor + (row.shippingMinor ?? 0n) + (row.taxMinor ?? 0n);
  return {
    source: row.source,
    number: row.number,
    placedAt: { at: row.placedAt, day: row.placedOn },
    status: statusOf(row.status),
    statusAt: { at: row.statusAt, day: row.statusOn },
    total: { minor, currency },
    refunded: { minor: row.refundedMinor, currency },
    itemCount: row.lineCount,
    firstProduct: row.firstProduct,
    accountName: accountNameOf(row, places),
  };
}

/** The company or household an order was bought for, with the department; null for the customer's own. */
function accountNameOf(
  { rootId, accountId, accountName }: Pick<SummaryRow, 'rootId' | 'accountId' | 'accountName'>,
  places: readonly Place[],
): string | null {
  const name = places.find((place) => place.rootId === rootId)?.name ?? null;
  return name === null || rootId === accountId ? name : `${name}, ${accountName}`;
}

const statuses = new Map<string, OrderStatus>(orderStatuses.map((status) => [status, status]));

export function statusOf(text: string): OrderStatus {
  const status = statuses.get(text);
  assert(status !== undefined, 'an order has one of the states');
  return status;
}
