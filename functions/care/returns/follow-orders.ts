import { statement } from '../../../db/query.ts';
import type { OrderFollower } from '../../money/orders/order-followers.ts';

/** Returns are whose their orders are, and count among theirs. Credit stays with the account it was booked for, as the ledger has it. */
export const followOrders: OrderFollower = (moved) => {
  return statement(
    `UPDATE returns SET customer_id = moved.customer_id, root_id = moved.root_id FROM (${moved.sql}) AS moved
     WHERE returns.order_id = moved.order_id`,
    ...moved.args,
  );
};
