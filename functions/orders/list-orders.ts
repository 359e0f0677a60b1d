import { z } from 'zod';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import { firstIdAt } from '../platform/ids.ts';
import type { ListedOrder } from './answer.ts';
import { buildListedOrder } from './build-answer.ts';
import { completeOrders } from './load-orders.ts';
import { stateOf } from './order-state.ts';
import { listRecorded } from './queries.ts';
import type { ListOrdersQuery } from './schema.ts';

const PAGE = 50;
const place = z.tuple([z.string().max(100)]);
/** After every id, which are hexadecimal digits. */
const END = 'z';

/**
 * All orders, the last recorded first, by the time at which they were recorded: a program that asks again sees what came
 * since. Walks the primary key, so that a page costs the same however many there are.
 * @throws {AppError} `validation_failed` (the cursor)
 */
export async function listOrders(
  ctx: Context,
  { recordedSince, recordedUntil, cursor }: ListOrdersQuery,
): Promise<{ items: ListedOrder[]; nextCursor: string | null }> {
  allow(ctx.actor, 'orders:read');
  const until = recordedUntil === undefined ? END : firstIdAt(recordedUntil);
  const [before] = cursor === undefined ? [until] : decodeCursor(place, cursor);
  const since = recordedSince === undefined ? '' : firstIdAt(recordedSince);
  const found = await listRecorded(ctx.db, { before, since, limit: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  const orders = await completeOrders(ctx.db, rows);
  const items = orders.flatMap((order, index) => {
    const row = rows[index];
    if (row === undefined) return [];
    return [
      buildListedOrder({
        order,
        state: stateOf(order),
        customer: { email: row.customerEmail, name: row.customerName },
        account: row.rootKind === 'personal' ? null : row.rootName,
        department: row.accountId === row.rootId ? null : row.accountName,
      }),
    ];
  });
  const last = found.length > PAGE ? rows.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : encodeCursor([last.id]) };
}
