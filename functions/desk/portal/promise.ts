import { dayOf } from '../../ground/platform/business-time.ts';
import type { Moment } from '../../ground/platform/moment.ts';
import type { OrderDetail } from './order-types.ts';

/** How a promised day went, by days of business time; null without a promise, or when nothing will come any more. */
export function promiseOf(
  order: { promisedBy: string | null; deliveredAt: Moment | null; isOver: boolean },
  timeZone: string,
  now: number,
): OrderDetail['promise'] {
  const { promisedBy, deliveredAt, isOver } = order;
  if (promisedBy === null) return null;
  if (deliveredAt === null) {
    if (isOver) return null;
    return dayOf(now, timeZone) > promisedBy ? 'late' : 'open';
  }
  const day = deliveredAt.day ?? dayOf(deliveredAt.at, timeZone);
  if (day === promisedBy) return 'kept';
  return day < promisedBy ? 'beaten' : 'broken';
}
