import type { Statement } from '../../../db/store.ts';
import type { AccountDraft, CountedChange } from '../accounts/plan-change.ts';
import { standingOf } from '../accounts/root.ts';
import { countedOf } from '../rewards/count.ts';
import type { LoadedParts } from './change-order.ts';
import type { Order, OrderEvent } from './order.ts';
import { additionHistory, type OrderAddition, withAddition } from './order-addition.ts';
import { factsOf, type OrderState, spendOf, stateOf } from './order-state.ts';
import { keepWithdrawn, updateOrder } from './statements.ts';

export interface PlannedAddition {
  order: Order;
  /** What was added of events. */
  events: readonly OrderEvent[];
  state: OrderState;
  draft: AccountDraft;
  /** The order's own rows. */
  first: Statement[];
}

/** What something added to an order, or taken from it, changes of the order and its account, before rewards are settled. */
export function planAddition(
  loaded: LoadedParts,
  addition: OrderAddition,
  { now, actor }: { now: number; actor: string },
): PlannedAddition {
  const { parts, root } = loaded;
  const { order, events, refunds, at } = withAddition(parts.order, addition);
  const state = stateOf(order);
  const spent = spendOf(state) - spendOf(parts.state);
  return {
    order,
    events,
    state,
    draft: {
      root,
      totals: parts.totals,
      changes: [changeOf(loaded, { order, state, at, now })],
      spend: spent === 0n ? new Map() : new Map([[order.currency, { minor: spent, orders: 0 }]]),
      history: additionHistory(order, addition),
      isStale: false,
    },
    first: [
      ...updateOrder(order, state, { events, refunds, now }),
      ...('withdrawn' in addition
        ? addition.withdrawn.flatMap((event) => keepWithdrawn(order, event, { now, actor }))
        : []),
    ],
  };
}

function changeOf(
  { parts, business, root }: LoadedParts,
  { order, state, at, now }: { order: Order; state: OrderState; at: number; now: number },
): CountedChange {
  const facts = factsOf(order, state, parts.voucherPaid);
  const standing = standingOf(root, business, now);
  const after = business.compiled === null ? [] : countedOf(facts, business.compiled, standing);
  return { order, placedAt: order.placedAt.at, before: [...parts.own], after, effectiveAt: at };
}
