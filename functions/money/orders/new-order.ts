import { newId } from '../../ground/platform/ids.ts';
import { newRefundsOf } from './merge-order.ts';
import type { Order, OrderDraft } from './order.ts';
import type { OrderHome } from './people.ts';

/** The order that a draft tells first. */
export function newOrder(
  draft: OrderDraft,
  place: OrderHome,
  terms: { rootId: string; now: number; importId: string | null },
): Order {
  return {
    id: newId(),
    source: draft.source,
    number: draft.number,
    accountId: place.accountId,
    rootId: terms.rootId,
    customerId: place.customerId,
    placedAt: draft.placedAt,
    currency: draft.currency,
    shippingMinor: draft.shippingMinor,
    taxMinor: draft.taxMinor,
    taxIncludedMinor: draft.taxIncludedMinor,
    promisedBy: draft.promisedBy,
    importId: terms.importId,
    recordedAt: terms.now,
    lines: draft.lines,
    events: draft.events,
    refunds: newRefundsOf(draft, []),
  };
}
