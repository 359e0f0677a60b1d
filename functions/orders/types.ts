/** A moment as it was told: `day` when only a calendar date is known, else `at`. */
export type Moment = { at: number; day: string | null };

export type OrderStatus =
  | 'placed'
  | 'confirmed'
  | 'packed'
  | 'shipped'
  | 'out_for_delivery'
  | 'delivered'
  | 'ready_for_pickup'
  | 'delivery_failed'
  | 'delayed'
  | 'on_hold'
  | 'released'
  | 'cancelled'
  | 'return_requested'
  | 'return_approved'
  | 'return_refused'
  | 'returned'
  | 'partly_refunded'
  | 'refunded';
