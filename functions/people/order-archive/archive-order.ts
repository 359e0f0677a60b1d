import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { unchanged } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listOrderPlaces } from '../../money/accounts/own-places.ts';
import { isInPlace } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { listOrdersByKey } from '../../money/orders/find-order-rows.ts';
import { mayActFor } from '../households/may-act-on.ts';
import { isArchived } from './archived.ts';

export const archiveInput = z.strictObject({ archived: z.boolean() });
export const archiveAnswer = z.object({ source: z.string(), number: z.string(), archived: z.boolean() });
export type ArchiveAnswer = z.output<typeof archiveAnswer>;

/**
 * Puts an order into the archive, or takes it out: its people see it there and by searching alone. It goes on as it is and earns
 * what it earns. The signed-in customer does so with orders of their own account, or as a manager with those of a company or
 * household; a program with any. What is so already stays.
 * @throws {AppError} `not_found` for an order that they do not see, `forbidden` for who does not act for its account,
 *   `scope_missing`
 */
export async function archiveOrder(
  ctx: Context,
  { source, number, archived }: { source: string; number: string; archived: boolean },
  options: Alongside<ArchiveAnswer> = {},
): Promise<ArchiveAnswer> {
  const { actor } = ctx;
  if (actor.kind !== 'customer') allow(actor, 'orders:write');
  const [row] = await listOrdersByKey(ctx.db.fresh, { keys: JSON.stringify([[source, number]]) });
  if (row === undefined) throw gone();
  if (actor.kind === 'customer') {
    const place = (await listOrderPlaces(ctx)).find((one) => isInPlace(one, row));
    if (place === undefined) throw gone();
    if (!(await mayActFor(ctx, place, actor.id)))
      throw new AppError('forbidden', 'Only who manages the account may do this.');
  }
  const { id, rootId } = row;
  const answer = { source, number, archived };
  const kept = () => options.alongside?.(answer, 200) ?? [];
  const isMoved = await writeHistory<boolean>(ctx, rootId, async (seen) => {
    if ((await isArchived(seen.db.fresh, id)) === archived) return { ...unchanged, result: false };
    return {
      rows: [archived ? putAway(ctx, id) : takeOut(id)],
      history: {
        kind: archived ? 'order_archived' : 'order_unarchived',
        detail: { order: id, source, number },
      },
      beside: kept(),
      result: true,
    };
  });
  if (!isMoved) await writeDecision(ctx, { beside: kept() });
  return answer;
}

const gone = () => new AppError('not_found', 'There is no such order.');

const putAway = (ctx: Context, id: string) =>
  statement(
    'INSERT INTO shelved_orders (order_id, at, actor) VALUES (?, ?, ?)',
    ...[id, ctx.now(), actorName(ctx.actor)],
  );

const takeOut = (id: string) => statement('DELETE FROM shelved_orders WHERE order_id = ?', id);
