/** The states a source may report, in the order that breaks ties in time (DOMAIN §3). */
export const eventStatuses = [
  'placed',
  'confirmed',
  'packed',
  'shipped',
  'out_for_delivery',
  'delivered',
  'ready_for_pickup',
  'delivery_failed',
  'delayed',
  'on_hold',
  'released',
  'cancelled',
  'return_requested',
  'return_approved',
  'return_refused',
  'returned',
] as const;
export type EventStatus = (typeof eventStatuses)[number];

/** All states a customer sees, in the order that breaks ties in time: the reported ones, then what refunds make of them. */
export const orderStatuses = [...eventStatuses, 'partly_refunded', 'refunded'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** Those that somebody still has something to do for. */
export const openStatuses = [
  'placed',
  'confirmed',
  'packed',
  'shipped',
  'out_for_delivery',
  'ready_for_pickup',
  'delivery_failed',
  'delayed',
  'on_hold',
  'released',
] as const satisfies readonly OrderStatus[];

/** Those in which goods or money come back. */
export const returnStatuses = [
  'return_requested',
  'return_approved',
  'returned',
  'partly_refunded',
  'refunded',
] as const satisfies readonly OrderStatus[];
