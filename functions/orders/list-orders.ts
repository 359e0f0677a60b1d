import { z } from 'zod';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import { firstIdAt } from '../platform/ids.ts';
import type { ListedOrder } from './answer.ts';
import { buildListedOrder, buildListedSale } from './build-answer.ts';
import { completeOrders } from './load-orders.ts';
import { stateOf } from './order-state.ts';
import { listRecorded } from './queries.ts';
import type { ListOrdersQuery } from './schema.ts';
import { listRecordedSales } from './waiting/queries.ts';
import { unpackSale } from './waiting/sale.ts';

const PAGE = 50;
const place = z.tuple([z.string().max(100)]);
/** After every id, which are hexadecimal digits. */
const END = 'z';

/**
 * All orders and sales of nobody, the last recorded first, by the time at which they were recorded: a program that asks again sees what came
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
  const asked = { before, since, limit: PAGE + 1 };
  const [owned, sales] = await Promise.all([listRecorded(ctx.db, asked), listRecordedSales(ctx.db, asked)]);
  const found = [...owned, ...sales].sort((a, b) => (a.id < b.id ? 1 : -1));
  const page = found.slice(0, PAGE);
  const last = found.length > PAGE ? page.at(-1) : undefined;
  const nextCursor = last === undefined ? null : encodeCursor([last.id]);
  const rows = owned.filter((row) => page.includes(row));
  const orders = await completeOrders(ctx.db, rows);
  const answers = new Map(sales.map((row) => [row.id, buildListedSale(unpackSale(row))]));
  for (const [index, order] of orders.entries()) {
    const row = rows[index];
    if (row === undefined) continue;
    answers.set(
      order.id,
      buildListedOrder({
        order,
        state: stateOf(order),
        customer: { email: row.customerEmail, key: row.customerKey, name: row.customerName },
        account: row.rootKind === 'personal' ? null : row.rootName,
        department: row.accountId === row.rootId ? null : row.accountName,
      }),
    );
  }
  return { items: page.flatMap(({ id }) => answers.get(id) ?? []), nextCursor };
}
