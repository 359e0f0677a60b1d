import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import type { AccountUnit } from '../../money/accounts/commit-accounts.ts';
import type { CountedChange } from '../../money/accounts/plan-change.ts';
import { type Root, standingOf, type TotalRow, totalsByKey } from '../../money/accounts/root.ts';
import type { Business } from '../../money/business/business.ts';
import { readChange, withoutChanges } from '../../money/orders/import-change.ts';
import { orderKey } from '../../money/orders/load-orders.ts';
import type { Order } from '../../money/orders/order.ts';
import { factsOf, spendOf, stateOf } from '../../money/orders/order-state.ts';
import { movesPeriods } from '../../money/orders/plan-drafts.ts';
import { restoreOrder } from '../../money/orders/restore-order.ts';
import { countedOf } from '../../money/rewards/count.ts';
import type { SettledRow } from '../../money/rewards/settle.ts';
import { markUnit } from './import-progress.ts';

/** What is kept of the accounts that an import touched, by root or order. */
export interface UnitUndoing {
  business: Business;
  totals: ReadonlyMap<string, TotalRow[]>;
  orders: ReadonlyMap<string, Order[]>;
  counted: ReadonlyMap<string, SettledRow[]>;
  due: ReadonlySet<string>;
  /** What the import added to orders of before, as JSON, by order id. */
  changes: ReadonlyMap<string, { change: string }[]>;
  /** What vouchers and credit paid, by `orderKey`. */
  paid: ReadonlyMap<string, bigint>;
}

/** One account without an import: its orders go, those of before are what they were. */
export function undoUnit(
  root: Root,
  kept: UnitUndoing,
  { id, now, run }: { id: string; now: number; run: string },
): AccountUnit & { gone: number; restored: number } {
  const orders = kept.orders.get(root.id) ?? [];
  const gone = orders.filter(({ importId }) => importId === id);
  const left = orders.filter(({ importId }) => importId !== id);
  const restored = left.flatMap((order) => {
    const changes = kept.changes.get(order.id)?.map(({ change }) => readChange(change));
    return changes === undefined ? [] : [{ order, before: withoutChanges(order, changes) }];
  });
  const after = { ...root, firstPlacedAt: left[0]?.placedAt.at ?? null };
  const changeOf = (order: Order, counted: CountedChange['after']): CountedChange => ({
    order,
    placedAt: order.placedAt.at,
    before: kept.counted.get(order.id) ?? [],
    after: counted,
    effectiveAt: now,
  });
  const counted = (order: Order) => {
    const { compiled } = kept.business;
    if (compiled === null) return [];
    const facts = factsOf(order, stateOf(order), kept.paid.get(orderKey(order)) ?? 0n);
    return countedOf(facts, compiled, standingOf(after, kept.business, now));
  };
  return {
    gone: gone.length,
    restored: restored.length,
    draft: {
      root: after,
      totals: totalsByKey(kept.totals.get(root.id) ?? []),
      changes: [
        ...gone.map((order) => changeOf(order, [])),
        ...restored.map(({ before }) => changeOf(before, counted(before))),
      ],
      spend: spendMoved(gone, restored),
      history: { kind: 'import_undone', orderId: null, detail: { import: id, orders: gone.length } },
      isStale: left.length > 0 && movesPeriods(root, after, kept.business, now),
    },
    first: [],
    hasDueLots: kept.due.has(root.id),
    last: () => ({
      rows: [
        ...gone.flatMap((order) => removeOrder(order.id)),
        ...restored.flatMap(({ order, before }) => [
          ...restoreOrder(order, before, stateOf(before)),
          statement('DELETE FROM import_changes WHERE import_id = ? AND order_id = ?', id, order.id),
        ]),
        ...(left.length > 0 ? [] : withdraw(root.id, now)),
        markUnit(run, root.id, { orders: gone.length, restored: restored.length, accounts: 1 }),
      ],
    }),
  };
}

function spendMoved(
  gone: readonly Order[],
  restored: readonly { order: Order; before: Order }[],
): Map<string, { minor: bigint; orders: number }> {
  const spend = new Map<string, { minor: bigint; orders: number }>();
  const move = (currency: string, minor: bigint, orders: number) => {
    const sum = spend.get(currency) ?? { minor: 0n, orders: 0 };
    spend.set(currency, { minor: sum.minor + minor, orders: sum.orders + orders });
  };
  for (const order of gone) move(order.currency, -spendOf(stateOf(order)), -1);
  for (const { order, before } of restored)
    move(order.currency, spendOf(stateOf(before)) - spendOf(stateOf(order)), 0);
  return spend;
}

function removeOrder(orderId: string): Statement[] {
  return ['refund_lines', 'refunds', 'order_events', 'order_lines']
    .map((table) => statement(`DELETE FROM ${table} WHERE order_id = ?`, orderId))
    .concat(statement('DELETE FROM orders WHERE id = ?', orderId));
}

/** An account nobody has signed in to and no order is left of is out of sight until it is needed again. */
function withdraw(rootId: string, now: number): Statement[] {
  const members =
    'SELECT customer_id FROM memberships WHERE account_id IN (SELECT id FROM accounts WHERE root_id = ?)';
  return [
    statement(
      `UPDATE customers SET withdrawn_at = ? WHERE claimed_at IS NULL AND id IN (${members})
       AND NOT EXISTS (SELECT 1 FROM memberships m JOIN accounts a ON a.id = m.account_id
         JOIN orders o ON o.root_id = a.root_id WHERE m.customer_id = customers.id AND o.customer_id = customers.id)`,
      now,
      rootId,
    ),
    statement(
      `UPDATE accounts SET withdrawn_at = ? WHERE id = ? AND NOT EXISTS
       (SELECT 1 FROM customers WHERE claimed_at IS NOT NULL AND id IN (${members}))`,
      now,
      rootId,
      rootId,
    ),
  ];
}
