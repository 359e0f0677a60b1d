import type { Context } from '../../ground/platform/context.ts';
import { getOrderOfBuyer } from '../portal/get-order.ts';
import type { OrderDetail } from '../portal/order-types.ts';
import { opensOrder, readOrderLink } from './order-link.ts';
import { findLinkedById } from './queries.ts';

/** One order as its link shows it. Whoever has the link may have it from somebody else: it names nobody. */
export interface TrackedOrder
  extends Pick<
    OrderDetail,
    'parcels' | 'timeline' | 'parcelsUnderWay' | 'promise' | 'promisedBy' | 'isHeld' | 'isRefunded'
  > {
  summary: Pick<OrderDetail['summary'], 'source' | 'number' | 'placedAt' | 'status'>;
  /** What was ordered, without what it cost. */
  things: { name: string | null; quantity: string }[];
  /** All of it, for who has just proven that the order's mail is theirs. */
  whole: OrderDetail | null;
}

/**
 * The order that a link opens, and nothing else of whose it is; null for what is not ours, over, ended, or of an order that
 * was given to somebody else, or whose customer changed their address or was taken out of its account since.
 */
export async function openTrackedOrder(ctx: Context, token: string): Promise<TrackedOrder | null> {
  const made = readOrderLink(token);
  const found = made && (await findLinkedById(ctx.db.fresh, { orderId: made.orderId }));
  if (!made || !found || found.email === null || !found.isMember) return null;
  const { email, leftAt, endedAt } = found;
  const { secret } = ctx.config;
  if (!opensOrder({ secret, now: ctx.now() }, token, { ...found, email })) return null;
  if (made.madeAt <= endedAt || (leftAt !== null && made.madeAt <= leftAt)) return null;
  const detail = await getOrderOfBuyer(ctx, found);
  return made.kind === 'code' ? { ...bare(detail), whole: detail } : bare(detail);
}

/** Notes of carriers and staff say at whose door something lies. */
function bare(detail: OrderDetail): TrackedOrder {
  const { summary, lines, parcels, timeline, ...rest } = detail;
  const { parcelsUnderWay, promise, promisedBy, isHeld, isRefunded } = rest;
  const { source, number, placedAt, status } = summary;
  const unnoted = (events: OrderDetail['timeline']) => events.map((event) => ({ ...event, note: null }));
  return {
    ...{ parcelsUnderWay, promise, promisedBy, isHeld, isRefunded },
    summary: { source, number, placedAt, status },
    things: lines.map(({ product, sku, quantity }) => ({ name: product ?? sku, quantity })),
    parcels: parcels.map((parcel) => ({ ...parcel, events: unnoted(parcel.events) })),
    timeline: unnoted(timeline),
    whole: null,
  };
}
