import { startOfDay } from '../../ground/platform/business-time.ts';
import type { Moment } from '../../ground/platform/moment.ts';
import type { Order } from './order.ts';

/** Orders as they are once their bare days are read in another time zone, in the order in which they count then. */
export function ordersIn(timeZone: string, orders: readonly Order[]): Order[] {
  const read = ({ at, day }: Moment): Moment => ({ at: day === null ? at : startOfDay(day, timeZone), day });
  return orders
    .map((order) => ({
      ...order,
      placedAt: read(order.placedAt),
      events: order.events.map((event) => ({ ...event, at: read(event.at) })),
      refunds: order.refunds.map((refund) => ({ ...refund, at: read(refund.at) })),
    }))
    .toSorted((one, other) => one.placedAt.at - other.placedAt.at);
}
