import { accounts, orders } from '../../../db/schema/index.ts';
import { assert } from '../../ground/platform/errors.ts';
import type { Place } from '../../money/accounts/places.ts';
import { type OrderStatus, orderStatuses } from '../../money/orders/statuses.ts';
import type { OrderBrief, OrderSummary } from './order-types.ts';

/** The columns that an order is told in short by. */
export const briefColumns = {
  source: orders.source,
  number: orders.number,
  placedAt: orders.placedAt,
  placedOn: orders.placedOn,
  status: orders.status,
  currency: orders.currency,
  totalMinor: orders.totalMinor,
  discountMinor: orders.discountMinor,
  shippingMinor: orders.shippingMinor,
  taxMinor: orders.taxMinor,
  lineCount: orders.lineCount,
  firstProduct: orders.firstProduct,
};

/** The columns a summary is made of; `accounts` is the order's own account. */
export const summaryColumns = {
  ...briefColumns,
  rootId: orders.rootId,
  accountId: orders.accountId,
  statusAt: orders.statusAt,
  statusOn: orders.statusOn,
  refundedMinor: orders.refundedMinor,
  accountName: accounts.name,
};

interface BriefRow {
  source: string;
  number: string;
  placedAt: number;
  placedOn: string | null;
  status: string;
  currency: string;
  totalMinor: bigint;
  discountMinor: bigint;
  shippingMinor: bigint | null;
  taxMinor: bigint | null;
  lineCount: number;
  firstProduct: string | null;
}

export interface SummaryRow extends BriefRow {
  rootId: string;
  accountId: string;
  statusAt: number;
  statusOn: string | null;
  refundedMinor: bigint;
  accountName: string;
}

export function briefOf(row: BriefRow): OrderBrief {
  const { currency } = row;
  const minor = row.totalMinor - row.discountMinor + (row.shippingMinor ?? 0n) + (row.taxMinor ?? 0n);
  return {
    source: row.source,
    number: row.number,
    placedAt: { at: row.placedAt, day: row.placedOn },
    status: statusOf(row.status),
    total: { minor, currency },
    itemCount: row.lineCount,
    firstProduct: row.firstProduct,
  };
}

export function summaryOf(row: SummaryRow, places: readonly Place[]): OrderSummary {
  return {
    ...briefOf(row),
    statusAt: { at: row.statusAt, day: row.statusOn },
    refunded: { minor: row.refundedMinor, currency: row.currency },
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
