import type { OrderStatus } from './statuses.ts';

/** Which orders are meant; null leaves a question out. Instants are epoch milliseconds, amounts minor units. */
export interface OrderFilter {
  placedSince: number | null;
  /** Placed before this. */
  placedUntil: number | null;
  statuses: readonly OrderStatus[] | null;
  source: string | null;
  currency: string | null;
  /** Of what the order cost: goods less discounts, with shipping and tax; both ends included. */
  amountFrom: bigint | null;
  amountTo: bigint | null;
  /** Promised by a day before this one, and neither delivered nor cancelled. */
  lateOn: string | null;
  /** Among these alone. */
  ids: readonly string[] | null;
}

export const everyOrder: OrderFilter = {
  placedSince: null,
  placedUntil: null,
  statuses: null,
  source: null,
  currency: null,
  amountFrom: null,
  amountTo: null,
  lateOn: null,
  ids: null,
};

export const asksNothing = (filter: OrderFilter): boolean =>
  Object.values(filter).every((value) => value === null);
