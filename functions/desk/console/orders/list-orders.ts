import { z } from 'zod';
import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../../ground/platform/cursor.ts';
import {
  type FilteredTotal,
  findFiltered,
  type ListPlace,
  listCurrencies,
  listSources,
} from '../../../money/orders/find-filtered.ts';
import { isLate } from '../../../money/orders/late.ts';
import { stateOf } from '../../../money/orders/order-state.ts';
import { findFilteredSales } from '../../../money/orders/waiting/find-filtered-sales.ts';
import type { OrderBrief } from '../../portal/order-types.ts';
import { type Meant, readMeant } from './meant.ts';
import { type ListRow, listRows } from './order-rows.ts';
import type { OrdersAsked } from './read-filter.ts';
import { sumAsked } from './sum-asked.ts';

export interface ConsoleOrder extends OrderBrief {
  id: string;
  /** Null for a sale of nobody. */
  customer: { id: string; name: string | null; email: string | null } | null;
  /** Of a company or household, with the department. */
  accountName: string | null;
  isLate: boolean;
}

export interface ConsoleOrders {
  items: ConsoleOrder[];
  nextCursor: string | null;
  totals: FilteredTotal[];
  /** More was found by the text than is looked at. */
  isCut: boolean;
  /** What there is to choose from. */
  sources: string[];
  currencies: string[];
}

const ROWS_A_PAGE = 50;
const place = z.tuple([z.int(), z.string().max(100)]);

/**
 * The orders that staff ask for, the last placed first, with what all of them came to; sales of nobody instead where these
 * are asked for. Whatever is kept, it reads hardly more than it shows.
 * @throws {AppError} `validation_failed`, `unauthenticated`, `forbidden`
 */
export async function listConsoleOrders(
  ctx: Context,
  asked: OrdersAsked,
  cursor: string | null,
): Promise<ConsoleOrders> {
  const meant = await readMeant(ctx, asked);
  const after = cursor === null ? null : placeIn(cursor);
  const [found, totals, sources, currencies] = await Promise.all([
    listPage(ctx, meant, { after, limit: ROWS_A_PAGE + 1 }),
    sumAsked(ctx, meant),
    listSources(ctx.db),
    listCurrencies(ctx.db),
  ]);
  const items = found.slice(0, ROWS_A_PAGE);
  const last = found.length > ROWS_A_PAGE ? items.at(-1) : undefined;
  const nextCursor = last === undefined ? null : encodeCursor([last.placedAt.at, last.id]);
  return { items, nextCursor, totals, isCut: meant.isCut, sources, currencies };
}

/** A page of them after a place. */
export async function listPage(
  ctx: Context,
  meant: Meant,
  at: { after: ListPlace | null; limit: number },
): Promise<ConsoleOrder[]> {
  const { filter, text, business } = meant;
  const today = dayOf(ctx.now(), business.timeZone);
  if (meant.isOfNobody) {
    const sales = await findFilteredSales(ctx.db, filter, { text, ...at });
    return sales.map(({ sale: { order, account }, spendMinor }) => ({
      id: order.id,
      source: order.source,
      number: order.number,
      placedAt: order.placedAt,
      status: stateOf(order).status,
      total: { minor: spendMinor, currency: order.currency },
      itemCount: order.lines.length,
      firstProduct: order.lines[0]?.product ?? null,
      customer: null,
      accountName: account,
      isLate: false,
    }));
  }
  const found = await findFiltered(ctx.db, filter, at);
  const rows = new Map((await listRows(ctx.db, found)).map((row) => [row.id, row]));
  return found.flatMap(({ id }) => {
    const row = rows.get(id);
    return row === undefined ? [] : [shown(row, today)];
  });
}

function shown(row: ListRow, today: string): ConsoleOrder {
  const { promisedBy, deliveredAt, isCancelled, totalMinor, discountMinor, refundedMinor, ...rest } = row;
  const own = { promisedBy, deliveredAt, isCancelled, totalMinor, discountMinor, refundedMinor };
  return { ...rest, isLate: isLate(own, today) };
}

/** @throws {AppError} `validation_failed` for a cursor that no list gave */
function placeIn(cursor: string): ListPlace {
  const [placedAt, id] = decodeCursor(place, cursor);
  return { placedAt, id };
}
