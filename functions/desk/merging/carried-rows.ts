import { insertInto, statement } from '../../../db/query.ts';
import { adjustments, customerMergeEntries } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { HandoverEntry } from '../../money/rewards/handover.ts';
import type { PlannedTransfer } from './transfer.ts';

const insertAdjustment = insertInto(adjustments);
const insertEntry = insertInto(customerMergeEntries);

export interface CarryingAct {
  mergeId: string;
  isUndo: boolean;
  now: number;
  actor: string;
}

/** What explains the entries by which a merge, or its undoing, carries balance from one account to the other. */
export function carriedRows({ leaving, coming, carried }: PlannedTransfer, act: CarryingAct): Statement[] {
  return [...rowsFor(leaving.root.id, carried.from, act), ...rowsFor(coming.root.id, carried.to, act)];
}

function rowsFor(
  accountId: string,
  entries: readonly HandoverEntry[],
  { mergeId, isUndo, now, actor }: CarryingAct,
): Statement[] {
  return entries.flatMap(({ id, seq, role }) => [
    insertAdjustment({
      id,
      accountId,
      entrySeq: seq,
      reason: isUndo ? `split_${role}` : `merge_${role}`,
      at: now,
      actor,
    }),
    insertEntry({ adjustmentId: id, mergeId, accountId, entrySeq: seq, role, isUndo: isUndo ? 1 : 0 }),
  ]);
}

/** All orders of an account, and what somebody ordered for others, go to another customer; each with who had it before. */
export function moveAllOrders(
  ctx: Pick<Context, 'house'>,
  move: {
    mergeId: string;
    fromRootId: string | null;
    toRootId: string;
    fromCustomerId: string;
    toCustomerId: string;
    now: number;
    actor: string;
  },
): Statement[] {
  const { mergeId, fromRootId, toRootId, fromCustomerId, toCustomerId, now, actor } = move;
  const isOwn = 'root_id = ?';
  return [
    statement(
      `INSERT INTO order_moves (id, order_id, from_root_id, from_account_id, from_customer_id, to_root_id, to_account_id,
         to_customer_id, at, actor)
       SELECT ? || ':' || id, id, root_id, account_id, customer_id, CASE WHEN ${isOwn} THEN ? ELSE root_id END,
         CASE WHEN ${isOwn} THEN ? ELSE account_id END, CASE WHEN customer_id = ? THEN ? ELSE customer_id END, ?, ?
       FROM orders WHERE ${isOwn} OR (customer_id = ? AND root_id IN (SELECT a.root_id FROM memberships AS m
         JOIN accounts AS a ON a.id = m.account_id WHERE m.customer_id = ?))`,
      ...[mergeId, fromRootId, toRootId, fromRootId, toRootId, fromCustomerId, toCustomerId, now, actor],
      ...[fromRootId, fromCustomerId, fromCustomerId],
    ),
    ...placeMoved(ctx, mergeId, ':'),
  ];
}

/**
 * The orders of a merge that are still where it brought them go back to whose they were; so does what came since to a company
 * or household in which the survivor had a place by the merge alone.
 */
export function moveBack(
  ctx: Pick<Context, 'house'>,
  move: { mergeId: string; survivorId: string; mergedId: string; now: number; actor: string },
): Statement[] {
  const { mergeId, survivorId, mergedId, now, actor } = move;
  return [
    statement(
      `INSERT INTO order_moves (id, order_id, from_root_id, from_account_id, from_customer_id, to_root_id, to_account_id,
         to_customer_id, at, actor)
       SELECT ? || '/' || m.order_id, m.order_id, m.to_root_id, m.to_account_id, m.to_customer_id, m.from_root_id,
         m.from_account_id, m.from_customer_id, ?, ?
       FROM order_moves AS m JOIN orders AS o ON o.id = m.order_id
       WHERE m.id >= ? || ':' AND m.id < ? || ';' AND o.root_id = m.to_root_id
         AND (o.customer_id = m.to_customer_id OR m.from_root_id <> m.to_root_id)`,
      ...[mergeId, now, actor, mergeId, mergeId],
    ),
    statement(
      `INSERT INTO order_moves (id, order_id, from_root_id, from_account_id, from_customer_id, to_root_id, to_account_id,
         to_customer_id, at, actor)
       SELECT ? || '/' || o.id, o.id, o.root_id, o.account_id, o.customer_id, o.root_id, o.account_id, ?, ?, ?
       FROM customer_merge_rows AS r JOIN accounts AS a ON a.id = r.row_key
         JOIN orders AS o ON o.root_id = a.root_id AND o.account_id = a.id AND o.customer_id = ?
       WHERE r.merge_id = ? AND r.kind = 'new_memberships'
         AND NOT EXISTS (SELECT 1 FROM order_moves AS known WHERE known.id = ? || '/' || o.id)`,
      ...[mergeId, mergedId, now, actor, survivorId, mergeId, mergeId],
    ),
    ...placeMoved(ctx, mergeId, '/'),
  ];
}

/** Brings the orders to where their newest move says, and what rooms keep beside them. */
function placeMoved({ house }: Pick<Context, 'house'>, mergeId: string, mark: ':' | '/'): Statement[] {
  const end = mark === ':' ? ';' : '0';
  const moved = statement(
    `SELECT order_id, to_customer_id AS customer_id, to_root_id AS root_id FROM order_moves
     WHERE id >= ? || '${mark}' AND id < ? || '${end}'`,
    mergeId,
    mergeId,
  );
  return [
    statement(
      `UPDATE orders SET customer_id = m.to_customer_id, account_id = m.to_account_id, root_id = m.to_root_id
       FROM order_moves AS m WHERE m.order_id = orders.id AND m.id >= ? || '${mark}' AND m.id < ? || '${end}'`,
      mergeId,
      mergeId,
    ),
    ...house.orderFollowers.map((follow) => follow(moved)),
  ];
}
