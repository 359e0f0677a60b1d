import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { firstIdAt } from '../../ground/platform/ids.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../business/business.ts';
import type { ListedOrder } from './answer.ts';
import { buildListedOrder, buildListedSale } from './build-answer.ts';
import { findFiltered } from './find-filtered.ts';
import { completeOrders } from './load-orders.ts';
import { asksNothing, everyOrder, type OrderFilter } from './order-filter.ts';
import { stateOf } from './order-state.ts';
import { listRecorded, listRecordedByIds } from './queries.ts';
import type { ListOrdersQuery } from './schema.ts';
import { listRecordedSales } from './waiting/queries.ts';
import { unpackSale } from './waiting/sale.ts';

const PAGE = 50;
const place = z.tuple([z.string().max(100)]);
const placedPlace = z.tuple([z.int(), z.string().max(100)]);
/** After every id, which are hexadecimal digits. */
const END = 'z';

/**
 * All orders and sales of nobody, the last recorded first, by the time at which they were recorded: a program that asks
 * again sees what came since. Walks the primary key, so that a page costs the same however many there are. Asked by anything
 * else, the orders of customers that it means, the last placed first.
 * @throws {AppError} `validation_failed` (the cursor; amounts without their currency; both kinds of questions at once)
 */
export async function listOrders(
  ctx: Context,
  asked: ListOrdersQuery,
): Promise<{ items: ListedOrder[]; nextCursor: string | null }> {
  allow(ctx.actor, 'orders:read');
  const filter = await filterOf(ctx, asked);
  return asksNothing(filter) ? listByRecording(ctx, asked) : listByPlacing(ctx, filter, asked);
}

async function listByRecording(
  ctx: Context,
  { recordedSince, recordedUntil, cursor }: ListOrdersQuery,
): Promise<{ items: ListedOrder[]; nextCursor: string | null }> {
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
  const answers = await answersOf(ctx, rows);
  for (const row of sales) answers.set(row.id, buildListedSale(unpackSale(row)));
  return { items: page.flatMap(({ id }) => answers.get(id) ?? []), nextCursor };
}

async function listByPlacing(
  ctx: Context,
  filter: OrderFilter,
  { recordedSince, recordedUntil, cursor }: ListOrdersQuery,
): Promise<{ items: ListedOrder[]; nextCursor: string | null }> {
  if (recordedSince !== undefined || recordedUntil !== undefined)
    throw wrongField('recordedSince', 'not_together', 'cannot be asked together with what orders are');
  const [placedAt, id] = cursor === undefined ? [null, ''] : decodeCursor(placedPlace, cursor);
  const after = placedAt === null ? null : { placedAt, id };
  const found = await findFiltered(ctx.db, filter, { after, limit: PAGE + 1 });
  const page = found.slice(0, PAGE);
  const last = found.length > PAGE ? page.at(-1) : undefined;
  const rows = await listRecordedByIds(ctx.db, { ids: JSON.stringify(page.map((one) => one.id)) });
  const answers = await answersOf(ctx, rows);
  return {
    items: page.flatMap((one) => answers.get(one.id) ?? []),
    nextCursor: last === undefined ? null : encodeCursor([last.placedAt, last.id]),
  };
}

async function answersOf(
  ctx: Context,
  rows: Awaited<ReturnType<typeof listRecordedByIds>>,
): Promise<Map<string, ListedOrder>> {
  const orders = await completeOrders(ctx.db, rows);
  const answers = new Map<string, ListedOrder>();
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
  return answers;
}

async function filterOf(ctx: Context, asked: ListOrdersQuery): Promise<OrderFilter> {
  const { amountFrom = null, amountTo = null, currency = null, status, late } = asked;
  if ((amountFrom !== null || amountTo !== null) && currency === null)
    throw wrongField('currency', 'required', 'is required with an amount');
  return {
    ...everyOrder,
    ...{ amountFrom, amountTo, currency, source: asked.source ?? null },
    placedSince: asked.placedSince ?? null,
    placedUntil: asked.placedUntil ?? null,
    statuses: status === undefined ? null : [status],
    lateOn: late === undefined ? null : dayOf(ctx.now(), (await getBusiness(ctx)).timeZone),
  };
}
