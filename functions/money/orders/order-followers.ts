import type { Statement } from '../../../db/store.ts';

/**
 * Brings what a room keeps beside orders to whose they are now, in the write that moves them. `moved` is a query of their
 * `order_id`, `customer_id` and `root_id`.
 */
export type OrderFollower = (moved: Statement) => Statement;

declare module '../../ground/room.ts' {
  interface Room {
    followsOrders?: OrderFollower;
  }
  interface House {
    orderFollowers: readonly OrderFollower[];
  }
}
